import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure.ts';
import { isAlive, waitUntil } from './processes.ts';

/** Does work that two processes must not do at once, such as building into one folder; waits for the other's end. */
export async function withLock<T>(file: string, work: () => Promise<T>, timeoutMs = 300_000): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  if (!(await waitUntil(() => take(file), timeoutMs, 200))) {
    throw new Failure(
      `Expected the other build to end, but ${file} is still held. Stop that program and try again.`,
    );
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  if (existsSync(file) && !isAlive(Number(readFileSync(file, 'utf8')) || 0)) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
