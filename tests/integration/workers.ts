import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { outputs } from './app.ts';

/** Processes that run a function of this app's emulator, stopped in their tracks. */
export interface Workers {
  readonly count: number;
  /** Ends them as a crash does. */
  kill(): void;
  /** Lets them go on. */
  release(): void;
}

const run = promisify(execFile);

/**
 * Stops the idle worker of a function, so that the next invocation stands still in the middle of its work. Others, left
 * over from work at the same time, are ended: the invocation after the next would fall to one that stands still, too.
 */
export async function freezeWorkers(functionName: string): Promise<Workers> {
  const [kept, ...spare] = await workersOf(functionName);
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
  (await workersOf(functionName)).length;

/** A worker is told by the function and the emulator in its environment: other apps on this machine have the same names. */
async function workersOf(functionName: string): Promise<number[]> {
  const { port } = new URL(outputs.endpoint);
  const { stdout } = await run('ps', ['axeww', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .split('\n')
    .filter(
      (line) =>
        line.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName} `) &&
        line.includes(`AWS_ENDPOINT_URL=http://127.0.0.1:${port} `),
    )
    .map((line) => Number.parseInt(line, 10));
}
