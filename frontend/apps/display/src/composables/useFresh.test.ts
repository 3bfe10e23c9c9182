import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import { useFresh } from './useFresh.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function prepare(first: readonly number[] | undefined) {
  const ready = shallowRef(first);
  const { result, unmount } = onStage(
    () => {},
    () => useFresh(() => ready.value),
  );
  const list = async (...numbers: number[]) => {
    ready.value = numbers;
    await vi.advanceTimersByTimeAsync(0);
  };
  return { ready, list, unmount, fresh: () => [...result.value] };
}

it('does not announce what was ready before the screen was on', async () => {
  const { list, fresh } = prepare(undefined);

  await list(1, 2);

  expect(fresh()).toEqual([]);
});

it('lets each new number stand out for ten seconds', async () => {
  const { list, fresh } = prepare([1]);
  await list(2, 1);
  await vi.advanceTimersByTimeAsync(6000);
  await list(3, 2, 1);
  expect(fresh()).toEqual([2, 3]);

  await vi.advanceTimersByTimeAsync(4000);
  expect(fresh()).toEqual([3]);
  await vi.advanceTimersByTimeAsync(6000);

  expect(fresh()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it('announces a number once, though an old copy of the board loses it in between', async () => {
  const { list, fresh } = prepare([]);
  await list(7);
  await vi.advanceTimersByTimeAsync(11_000);

  await list();
  await list(7);

  expect(fresh()).toEqual([]);
});

it('announces the same number of the next day', async () => {
  const { list, fresh } = prepare([]);
  await list(7);
  await list();
  await vi.advanceTimersByTimeAsync(20 * 60_000);

  await list(7);

  expect(fresh()).toEqual([7]);
});

it('ends its timer with its scope', async () => {
  const { list, unmount } = prepare([]);
  await list(7);

  unmount();

  expect(vi.getTimerCount()).toBe(0);
});
