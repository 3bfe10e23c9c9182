import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from './aws.ts';
import { Failure } from './failure.ts';
import { localFolder, root } from './paths.ts';
import { waitUntil } from './processes.ts';
import { moveState, servicesOf } from './state.ts';

/** A running emulator. */
export interface Emulator {
  readonly endpoint: string;
  readonly pid: number;
  /** Resolves with the exit code when it ends, wanted or not. */
  readonly exited: Promise<number>;
  /** Ends it so that its state is saved. */
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  port: number;
  /** Everything it keeps: state, objects, log; made when missing. */
  stateFolder: string;
  /** More settings of the emulator, such as LAMBDA_ACCOUNT_CONCURRENCY. */
  environment?: Record<string, string>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 20_000;

/** Path of the emulator's log in a state folder. */
export const emulatorLog = (stateFolder: string): string => join(stateFolder, 'emulator.log');

/** Starts the emulator and waits until it answers. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { port, stateFolder } = options;
  const endpoint = `http://localhost:${port}`;
  prepareFolder(stateFolder);
  moveState(stateFolder, port);
  const child = launch(options);
  const exited = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const healthy = async () => ended || (await answers(`${endpoint}/_ministack/health`));
  const answered = await waitUntil(healthy, startTimeoutMs, 100);
  if (!answered || ended || child.pid === undefined) {
    if (child.pid !== undefined && !ended) killGroup(child.pid);
    const tail = readFileSync(emulatorLog(stateFolder), 'utf8').trim().split('\n').slice(-15).join('\n');
    throw new Failure(
      `${tail}\n\nExpected the local AWS to answer at ${endpoint}, but it ${ended ? 'ended' : 'did not within 60 s'}. ` +
        'Run `npm run reset` to start without old data; when that does not help, delete .local/venv and start again.',
    );
  }
  const { pid } = child;
  return { endpoint, pid, exited, stop: () => stop(child, pid, exited, scratchOf(stateFolder)) };
}

/**
 * Where functions are unpacked: outside the repository, because Node looks upwards for a package.json and node_modules,
 * and a function must find no more here than on AWS.
 */
function scratchOf(stateFolder: string): string {
  const name = createHash('sha256').update(stateFolder).digest('hex').slice(0, 12);
  return join(tmpdir(), `happy-path-${userInfo().uid}-${name}`);
}

function prepareFolder(stateFolder: string) {
  for (const folder of ['services', 'objects']) mkdirSync(join(stateFolder, folder), { recursive: true });
  rmSync(scratchOf(stateFolder), { recursive: true, force: true });
  mkdirSync(scratchOf(stateFolder), { recursive: true });
}

function launch({ port, stateFolder, environment }: EmulatorOptions): ChildProcess {
  const log = openSync(emulatorLog(stateFolder), 'w');
  const python = join(localFolder, 'venv', 'bin', 'python');
  // Standard input stays open as long as this process lives: the launcher ends with it, even after a kill.
  // Its own process group keeps Ctrl-C away from it, so that it always ends by our SIGTERM and saves its state.
  return spawn(python, [join(root, 'scripts', 'emulator', 'launch.py')], {
    detached: true,
    stdio: ['pipe', log, log],
    env: {
      ...cleanEnvironment(),
      GATEWAY_PORT: String(port),
      BIND_HOST: process.env.HAPPY_PATH_EMULATOR_HOST ?? '127.0.0.1',
      AUTH: 'true',
      PERSIST_STATE: '1',
      S3_PERSIST: '1',
      STATE_DIR: servicesOf(stateFolder),
      S3_DATA_DIR: join(stateFolder, 'objects'),
      TMPDIR: scratchOf(stateFolder),
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      // No containers: a Docker engine on this machine is left alone.
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
      ...environment,
    },
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function stop(
  child: ChildProcess,
  pid: number,
  exited: Promise<number>,
  scratch: string,
): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(pid), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
  rmSync(scratch, { recursive: true, force: true });
}

function killGroup(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
