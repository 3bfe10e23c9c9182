import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { toolPath } from '../aws.ts';
import { Failure } from '../failure.ts';
import { appFolders } from '../frontends.ts';
import { localFolder, root } from '../paths.ts';
import { freePort } from '../ports.ts';
import { waitUntil } from '../processes.ts';

/** A Vite for each app. */
export interface DevServers {
  /** Address by the app's name. */
  readonly origins: Record<string, string>;
  stop(): void;
}

/** Starts a Vite for each app on a port of its own and waits until all answer; the web server stands in front of them. */
export async function startDevServers(
  say: (line: string) => void,
  folder = join(root, 'frontend'),
): Promise<DevServers> {
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children) child.kill();
  };
  try {
    const started = Object.keys(appFolders).map(async (app) => {
      const port = await freePort();
      const child = launch(folder, app, port, say);
      children.push(child);
      await untilAnswers(app, child, port);
      return [app, `http://127.0.0.1:${port}`] as const;
    });
    return { origins: Object.fromEntries(await Promise.all(started)), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

const logOf = (app: string): string => join(localFolder, 'logs', `vite-${app}.log`);

function launch(folder: string, app: string, port: number, say: (line: string) => void): ChildProcess {
  const args = [
    `apps/${app}`,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--strictPort',
    '--clearScreen',
    'false',
  ];
  // Vite ends when its standard input does, so it does not outlive us.
  const child = spawn(join(folder, 'node_modules', '.bin', 'vite'), args, {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', CI: '', PATH: toolPath() },
  });
  mkdirSync(dirname(logOf(app)), { recursive: true });
  const log = createWriteStream(logOf(app));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      log.write(`${line}\n`);
      const [, what] = /\[vite\] (?:\(client\) )?((?:hmr update|page reload|.*error).*)/i.exec(line) ?? [];
      if (what) say(/error/i.test(what) ? `✗ ${app}: ${what}` : `✓ ${app}: ${what}`);
    });
  }
  return child;
}

async function untilAnswers(app: string, child: ChildProcess, port: number): Promise<void> {
  const answers = async () => {
    if (child.exitCode !== null) return true;
    const answer = await fetch(`http://127.0.0.1:${port}/@vite/client`).catch(() => undefined);
    return answer !== undefined;
  };
  if ((await waitUntil(answers, 60_000, 100)) && child.exitCode === null) return;
  throw new Failure(`Expected Vite to serve the ${app} app, but it did not start. Its log: ${logOf(app)}`);
}
