import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure.ts';
import { isAlive, waitUntil } from './processes.ts';

/** Does work that two processes must not do at once, such as building into one folder; waits for the other's end. */
export async function withLock<T>(file: string, work: () => Promise<T>, timeoutMs = 300_000): Promise<T> {
  if (!(await waitUntil(() => takeLock(file), timeoutMs, 200))) {
    throw new Failure(
      `Expected the other build to end, but ${file} is still held. Stop that program and try again.`,
    );
  }
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}

/** Takes a lock for this process; false while another one that lives holds it. */
export function takeLock(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && holderOf(file) === undefined) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Gives a lock back. */
export function releaseLock(file: string): void {
  rmSync(file, { force: true });
}

/** The living process that holds a lock. */
export function holderOf(file: string): number | undefined {
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid > 0 && isAlive(pid) ? pid : undefined;
}
