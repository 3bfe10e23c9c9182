import { OfflineError } from '@happy-path/api-client';
import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cafeId, windowAt } from '../testing.ts';
import { createServerClock } from './server-clock.ts';
import { useTokenWindow } from './useTokenWindow.ts';

const start = Date.UTC(2026, 5, 1, 12);

beforeEach(() => {
  vi.useFakeTimers({ now: start + 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** @param skew - by how much the server's clock is ahead of the screen's */
function prepare(more: Parameters<typeof windowAt>[1] = {}, skew = 0) {
  const clock = createServerClock();
  const stage = onStage(
    ({ api }) => api.orders.window.mockImplementation(async () => windowAt(Date.now() + skew, more)),
    () => useTokenWindow(cafeId, clock),
  );
  return { ...stage, clock, tokens: stage.result, read: stage.api.orders.window };
}

it('says what the code leads to', async () => {
  const { tokens } = prepare();
  await pass(0);

  const code = windowAt(start).code;
  expect(tokens.scanUrl.value).toBe(`${location.origin}/cafes/${cafeId}/scan?code=${code}`);
});

it.each([
  ['all places are taken', { tokensLeft: 0 }],
  ['the café is closed', { isOpen: false }],
])('shows no code when %s', async (_why, more) => {
  const { tokens } = prepare(more);
  await pass(0);

  expect(tokens.window.value).toBeDefined();
  expect(tokens.scanUrl.value).toBeUndefined();
});

it('hides the code at the end of its window and shows the next one by itself', async () => {
  const { tokens, read } = prepare();
  await pass(0);
  const first = tokens.scanUrl.value;
  await pass(239_999);
  expect(tokens.scanUrl.value).toBe(first);
  read.mockImplementation(() => new Promise(() => {}));

  await pass(1);
  expect(tokens.scanUrl.value).toBeUndefined();
  expect(tokens.isOver.value).toBe(true);
  read.mockImplementation(async () => windowAt(Date.now()));
  await pass(93_000);

  expect(tokens.isOver.value).toBe(false);
  expect(tokens.scanUrl.value).toContain(String(start / 1000 + 300));
});

it('asks again when the server still gives the window that is over', async () => {
  const { tokens, read } = prepare();
  await pass(0);
  read.mockImplementation(async () => windowAt(start));
  await pass(240_600);
  expect(tokens.isOver.value).toBe(true);
  const asked = read.mock.calls.length;

  await pass(3000);
  expect(read.mock.calls.length - asked).toBeLessThanOrEqual(4);
  read.mockImplementation(async () => windowAt(Date.now()));
  await pass(1000);

  expect(tokens.scanUrl.value).toBeDefined();
});

it.each([
  ['slow', 3_600_000],
  ['fast', -3_600_000],
])('keeps to the server’s time on a TV whose clock is an hour %s', async (_name, skew) => {
  const { tokens, clock } = prepare({}, skew);
  // What the Date header told before.
  clock.learn({
    asked: Date.now(),
    answered: Date.now(),
    from: Date.now() + skew,
    before: Date.now() + skew + 1000,
  });
  await pass(0);
  const code = windowAt(start + skew).code;
  expect(tokens.scanUrl.value).toContain(code);

  await pass(238_900);
  expect(tokens.scanUrl.value).toContain(code);
  await pass(3000);

  expect(tokens.scanUrl.value).toContain(windowAt(start + 300_000 + skew).code);
});

it('keeps a good code while the screen has no connection', async () => {
  const { tokens, read } = prepare();
  await pass(0);
  read.mockImplementation(() => Promise.reject(new OfflineError()));

  await pass(200_000);
  expect(tokens.error.value?.kind).toBe('offline');
  expect(tokens.scanUrl.value).toBeDefined();
  await pass(41_000);

  expect(tokens.scanUrl.value).toBeUndefined();
});

it('reads anew when somebody signs in', async () => {
  const { user, read } = prepare();
  await pass(0);

  user.value = { id: 'barista', groups: ['baristas'] };
  await pass(0);

  expect(read).toHaveBeenCalledTimes(2);
});
