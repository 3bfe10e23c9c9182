import { holderOf } from './lock.ts';
import { readOutputs, removeOutputs } from './outputs.ts';
import { isAlive, waitUntil } from './processes.ts';
import { stateFolder, stateLock } from './state.ts';

/** The process of the app that `npm start` runs, also while it is still starting. */
export function findRunning(): number | undefined {
  return readOutputs()?.pid ?? holderOf(stateLock(stateFolder));
}

/** Asks a running app to stop and waits for its end; false when it does not end. */
export async function stopRunning(pid: number): Promise<boolean> {
  process.kill(pid, 'SIGTERM');
  const ended = await waitUntil(() => !isAlive(pid), 60_000, 200);
  if (ended) removeOutputs();
  return ended;
}
