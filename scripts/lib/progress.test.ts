import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from './progress.ts';

describe('createProgress', () => {
  const lines: string[] = [];
  const progress = createProgress({ write: (line) => lines.push(line), now: () => Date.now() });

  beforeEach(() => {
    lines.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('opens a step, shows that it is alive every ten seconds, and closes it with its time', async () => {
    const step = progress.step(
      'Deploy backend',
      () => new Promise((resolve) => setTimeout(resolve, 12_300, 'done')),
    );
    await vi.advanceTimersByTimeAsync(12_300);

    expect(await step).toBe('done');
    expect(lines).toEqual([
      '  Deploy backend ...',
      '  Deploy backend ... still at it (10.0 s)',
      '✓ Deploy backend (12.3 s)',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('marks a step that failed and passes its error on', async () => {
    const step = progress.step('Build v1', () => Promise.reject(new Error('no')));

    await expect(step).rejects.toThrow('no');
    expect(lines.at(-1)).toBe('✗ Build v1 (0.0 s)');
  });
});
