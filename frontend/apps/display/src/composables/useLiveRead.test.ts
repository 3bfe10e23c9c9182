import { ApiError, OfflineError } from '@happy-path/api-client';
import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type LiveReadOptions, useLiveRead } from './useLiveRead.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const down = () => Promise.reject(new OfflineError());

function prepare(read: LiveReadOptions<string>['read'] = async () => 'a', endsIn?: () => number) {
  const reading = vi.fn(read);
  const stage = onStage(
    () => {},
    () => useLiveRead({ read: reading, every: () => 60_000, ...(endsIn && { endsIn }) }),
  );
  return { ...stage, live: stage.result, reading };
}

it('reads at once and every now and then', async () => {
  const { live, reading } = prepare();
  await pass(0);
  expect(live.value.value).toBe('a');

  await pass(180_000);

  expect(reading).toHaveBeenCalledTimes(4);
});

it('reads once for all hints of a moment', async () => {
  const { live, reading } = prepare();
  await pass(0);

  for (let index = 0; index < 5; index++) live.hint();
  await pass(299);
  expect(reading).toHaveBeenCalledTimes(1);
  await pass(1);

  expect(reading).toHaveBeenCalledTimes(2);
});

it('reads again after a read that a hint met on its way, and never two at once', async () => {
  let answer = (_value: string) => {};
  const { live, reading } = prepare(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  live.hint();
  live.now();
  await pass(5000);
  expect(reading).toHaveBeenCalledTimes(1);

  answer('old');
  await pass(0);

  expect(live.value.value).toBe('old');
  expect(reading).toHaveBeenCalledTimes(2);
});

it('waits longer after each failure, keeps what it had, and does not let hints hurry it', async () => {
  const { live, reading } = prepare();
  await pass(0);
  reading.mockImplementation(down);
  live.now();
  await pass(0);
  expect(live.error.value?.kind).toBe('offline');

  for (let index = 0; index < 600; index++) {
    live.hint();
    await pass(1000);
  }

  expect(live.value.value).toBe('a');
  // 2, 4, 8, 16, 32 seconds and then a minute each, or as little as half of it.
  expect(reading.mock.calls.length).toBeGreaterThan(12);
  expect(reading.mock.calls.length).toBeLessThan(30);
});

it('reads when reception is back, but only what failed', async () => {
  const { live, reading, setOnline } = prepare();
  await pass(0);
  setOnline(true);
  await pass(10);
  expect(reading).toHaveBeenCalledTimes(1);
  reading.mockImplementationOnce(down);
  live.now();
  await pass(0);

  setOnline(true);
  await pass(0);

  expect(reading).toHaveBeenCalledTimes(3);
  expect(live.error.value).toBeUndefined();
});

it('reads when the value is over, and never hotter than once a second', async () => {
  let left = 5000;
  const { reading } = prepare(undefined, () => left);
  await pass(4999);
  expect(reading).toHaveBeenCalledTimes(1);
  left = -10;
  await pass(1);
  expect(reading).toHaveBeenCalledTimes(2);

  await pass(10_000);

  expect(reading).toHaveBeenCalledTimes(12);
});

it('gives up an answer that never comes, even from something that hears no signal', async () => {
  const { live, reading } = prepare(() => new Promise(() => {}));

  await pass(90_000);
  expect(live.error.value?.kind).toBe('offline');
  await pass(2000);

  expect(reading).toHaveBeenCalledTimes(2);
});

it('tells a refusal apart', async () => {
  const refusal = new ApiError(403, { code: 'FORBIDDEN', message: 'No.' });
  const { live } = prepare(() => Promise.reject(refusal));

  await pass(0);

  expect(live.error.value).toEqual({ kind: 'forbidden', message: 'No.' });
});

it('ends its timers and its request with its scope', async () => {
  const signals: AbortSignal[] = [];
  const { live, unmount, reading } = prepare((signal) => {
    signals.push(signal);
    return new Promise(() => {});
  });
  unmount();
  live.now();
  live.hint();
  await pass(300_000);

  expect(signals[0]?.aborted).toBe(true);
  expect(reading).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});
