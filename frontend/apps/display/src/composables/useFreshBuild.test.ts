import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { scriptOf, useFreshBuild } from './useFreshBuild.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const page = (hash: string) =>
  `<head><script type="module" crossorigin src="/display/assets/index-${hash}.js"></script></head>`;
const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);

function prepare() {
  const calm = ref(false);
  const troubled = ref(false);
  const reload = vi.fn();
  const readPage = vi.fn(async () => page('old'));
  const stage = onStage(
    () => {},
    () => {
      useFreshBuild({
        calm: () => calm.value,
        troubled: () => troubled.value,
        readPage,
        reload,
        running: scriptOf(page('old')),
      });
      return true;
    },
  );
  return { ...stage, calm, troubled, reload, readPage };
}

it('stays as long as the build is the same', async () => {
  const { calm, reload, readPage } = prepare();
  calm.value = true;

  await minutes(60);

  expect(readPage).toHaveBeenCalledTimes(6);
  expect(reload).not.toHaveBeenCalled();
});

it('takes a new build in a calm moment', async () => {
  const { calm, reload, readPage } = prepare();
  readPage.mockResolvedValue(page('new'));
  await minutes(30);
  expect(reload).not.toHaveBeenCalled();

  calm.value = true;
  await minutes(0);

  expect(reload).toHaveBeenCalledTimes(1);
});

it('starts anew when something has not worked for ten minutes', async () => {
  const { troubled, reload } = prepare();
  await minutes(5);
  troubled.value = true;
  await minutes(5);
  expect(reload).not.toHaveBeenCalled();

  await minutes(10);

  expect(reload).toHaveBeenCalledTimes(1);
});

it('does not start anew for trouble that is over', async () => {
  const { troubled, reload } = prepare();
  troubled.value = true;
  await minutes(8);
  troubled.value = false;
  await minutes(1);
  troubled.value = true;

  await minutes(9);

  expect(reload).not.toHaveBeenCalled();
});

it('never leaves for a server that does not answer', async () => {
  const { troubled, calm, reload, readPage } = prepare();
  readPage.mockRejectedValue(new TypeError('Failed to fetch'));
  troubled.value = true;
  calm.value = true;

  await minutes(120);

  expect(reload).not.toHaveBeenCalled();
});

it('ends with its scope', async () => {
  const { unmount, readPage } = prepare();
  unmount();

  await minutes(60);

  expect(readPage).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
