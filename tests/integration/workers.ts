import { workersOf } from '../support/workers.ts';
import { outputs } from './app.ts';

/** Processes that run a function of this app's emulator, stopped in their tracks. */
export interface Workers {
  readonly count: number;
  /** Ends them as a crash does. */
  kill(): void;
  /** Lets them go on. */
  release(): void;
}

/**
 * Stops the idle worker of a function, so that the next invocation stands still in the middle of its work. Others, left
 * over from work at the same time, are ended: the invocation after the next would fall to one that stands still, too.
 */
export async function freezeWorkers(functionName: string): Promise<Workers> {
  const [kept, ...spare] = await workersOf(outputs.endpoint, functionName);
  for (const pid of spare) process.kill(pid, 'SIGKILL');
  const pids = kept === undefined ? [] : [kept];
  const signal = (name: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {
        // It is over: who stands still for longer than its function may take is ended.
      }
    }
  };
  signal('SIGSTOP');
  return { count: pids.length, kill: () => signal('SIGKILL'), release: () => signal('SIGCONT') };
}

/** How many processes run a function. */
export const countWorkers = async (functionName: string): Promise<number> =>
  (await workersOf(outputs.endpoint, functionName)).length;
