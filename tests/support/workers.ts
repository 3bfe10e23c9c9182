import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The processes that run a function of an emulator. A worker is told by the function and the emulator in its environment:
 * other apps on this machine have the same names.
 */
export async function workersOf(endpoint: string, functionName: string): Promise<number[]> {
  const { port } = new URL(endpoint);
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

/** Ends a function's workers as a crash does, whatever they are at; answers how many. */
export async function killWorkers(endpoint: string, functionName: string): Promise<number> {
  let killed = 0;
  for (const pid of await workersOf(endpoint, functionName)) {
    try {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    } catch {
      // It ended in the meantime.
    }
  }
  return killed;
}
