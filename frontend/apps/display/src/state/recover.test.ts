import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRecovery } from './recover.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('begins anew once the server answers, however often it was asked to', async () => {
  const reload = vi.fn();
  const reach = vi.fn(() => Promise.reject(new TypeError('down')) as Promise<unknown>);
  const recover = createRecovery({ reach, reload });
  recover();
  recover();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(reach).toHaveBeenCalledTimes(10);
  expect(reload).not.toHaveBeenCalled();

  reach.mockResolvedValue('there');
  await vi.advanceTimersByTimeAsync(30_000);

  expect(reload).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});
