import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';

describe('withLock', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    file = join(folder, 'backend');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets nobody in while work is going on, and gives way when it failed', async () => {
    const working = withLock(file, async () => {
      await expect(withLock(file, async () => 'second', 0)).rejects.toThrow('still held');
      throw new Error('no');
    });

    await expect(working).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('takes over from a process that ended without giving way', async () => {
    writeFileSync(file, String(2 ** 22 + 1));

    expect(await withLock(file, async () => 'done', 0)).toBe('done');
  });
});
