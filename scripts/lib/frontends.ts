import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolPath } from './aws.ts';
import { Failure } from './failure.ts';
import { fingerprint } from './fingerprint.ts';
import { localFolder, root } from './paths.ts';
import { run } from './processes.ts';

/** The built apps: name to folder. The visitor app is served at `/`, any other below its name. */
export const appFolders: Record<string, string> = {
  visitor: join(root, 'frontend', 'apps', 'visitor', 'dist'),
  staff: join(root, 'frontend', 'apps', 'staff', 'dist'),
  display: join(root, 'frontend', 'apps', 'display', 'dist'),
};

/** Where each app is served. */
const homes = Object.keys(appFolders).map((name) => (name === 'visitor' ? '/' : `/${name}/`));

/** The backend's parameters that let people sign in to and out of the apps at an origin. */
export const signInAddresses = (origin: string) => ({
  CallbackUrls: homes.map((home) => `${origin}${home}auth/callback`).join(),
  LogoutUrls: homes.map((home) => `${origin}${home}`).join(),
});

/** Builds the front ends unless their last build is of the same sources; tells whether it built. */
export async function buildFrontends(logFile: string, signal?: AbortSignal): Promise<boolean> {
  const wanted = fingerprint(root, ['frontend', 'contracts'], [process.version]);
  const mark = join(localFolder, 'frontends.fingerprint');
  const built = Object.values(appFolders).every((folder) => existsSync(join(folder, 'index.html')));
  if (built && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false;
  const { code, output } = await run('npm', ['run', 'build'], {
    cwd: join(root, 'frontend'),
    // A test run says NODE_ENV=test, with which Vite would bundle Vue's development build.
    env: { ...process.env, NODE_ENV: 'production', PATH: toolPath() },
    logFile,
    ...(signal ? { signal } : {}),
  });
  if (code !== 0) {
    const tail = output.trim().split('\n').slice(-25).join('\n');
    throw new Failure(`${tail}\n\nBuilding the front ends failed. Whole output: ${logFile}`);
  }
  writeFileSync(mark, wanted);
  return true;
}
