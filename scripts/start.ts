import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parseArguments, parsePort } from './lib/args.ts';
import { openBrowser } from './lib/browser.ts';
import { emulatorLog } from './lib/emulator.ts';
import { Failure, runMain } from './lib/failure.ts';
import { type LocalApp, startLocal } from './lib/local.ts';
import { type LocalOutputs, outputsFile, readOutputs, removeOutputs, writeOutputs } from './lib/outputs.ts';
import { localFolder, root } from './lib/paths.ts';
import { choosePort } from './lib/ports.ts';
import { createProgress, type Progress } from './lib/progress.ts';
import { rememberedPort, stateFolder } from './lib/state.ts';
import type { WatchMode } from './lib/watch/watch-mode.ts';
import { makeSamples } from './samples.ts';
import { seed } from './seed.ts';

const usage = 'npm start -- [--port N] [--web-port N] [--no-open] [--fresh] [--watch]';
const samplePhotos = join(localFolder, 'samples');
/** So many are there when the app is; the rest follows in the background. */
const samplesAtFirst = 3;

async function main(): Promise<void> {
  const { values } = parseArguments(usage, {
    options: {
      port: { type: 'string' },
      'web-port': { type: 'string' },
      open: { type: 'boolean', default: true },
      fresh: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  refuseSecond();
  const started = Date.now();
  const progress = createProgress();
  const port = await choosePort('local AWS', '--port', parsePort('--port', values.port), [
    ...(values.fresh ? [] : rememberedPort()),
    4566,
  ]);
  const webPort = await choosePort(
    'web server',
    '--web-port',
    parsePort('--web-port', values['web-port']),
    [3000],
  );
  const stopping = stopOnSignal();
  const samples = progress.step('Make the first sample photos', () =>
    makeSamples({ folder: samplePhotos, count: samplesAtFirst }),
  );
  const watch = values.watch ? await prepareWatch(progress, stopping) : undefined;
  const given = { stateFolder, port, webPort, samplePhotos, seed, progress };
  const apps = watch ? { devServers: watch.devServers } : { apps: true };
  const starting = startLocal({ ...given, ...apps, fresh: values.fresh, signal: stopping });
  const [app] = await Promise.all([starting, samples]).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
    return [undefined];
  });
  if (!app) {
    await watch?.stop();
    return progress.say('Stopped before the app was up.');
  }
  writeOutputs(app.outputs);
  const rest = makeOtherSamples();
  welcome(app.outputs, Math.round((Date.now() - started) / 1000));
  if (values.open && process.stdout.isTTY) openBrowser(app.outputs.frontends.visitor);
  if (watch) follow(watch, app, progress);
  await untilStopped(app, stopping);
  rest.kill();
  await watch?.stop();
  removeOutputs();
  await progress.step('Stop the web server and the local AWS, and save the data', () => app.stop());
}

/** Loaded only when it is asked for, because its tools take a while. */
async function prepareWatch(progress: Progress, signal: AbortSignal): Promise<WatchMode> {
  const { prepareWatchMode } = await import('./lib/watch/watch-mode.ts');
  return prepareWatchMode(stateFolder, progress, signal);
}

function follow(watch: WatchMode, app: LocalApp, { say }: Progress) {
  watch
    .follow(app, () => writeOutputs(app.outputs))
    .catch((error: unknown) => say(`✗ Watching ended: ${error instanceof Error ? error.message : error}`));
}

function refuseSecond() {
  const running = readOutputs();
  if (!running) return;
  throw new Failure(
    `The app is already running (process ${running.pid}): ${running.frontends.visitor}\n` +
      'Stop it with Ctrl-C in its terminal or with `npm run stop`.',
  );
}

/** A signal that comes twice, by the terminal and by npm, counts once. */
function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => controller.abort());
  return controller.signal;
}

async function untilStopped(app: LocalApp, stopping: AbortSignal): Promise<void> {
  const asked = new Promise<undefined>((resolve) => {
    if (stopping.aborted) resolve(undefined);
    stopping.addEventListener('abort', () => resolve(undefined));
  });
  const code = await Promise.race([asked, app.exited]);
  if (code === undefined) return;
  removeOutputs();
  await app.stop();
  throw new Failure(
    `The local AWS ended by itself (exit code ${code}). Its log: ${emulatorLog(stateFolder)}. Start again with \`npm start\`.`,
  );
}

/** Makes the remaining sample photos at low priority, so that nobody waits for them. */
function makeOtherSamples() {
  const child = spawn(process.execPath, [join(root, 'scripts', 'samples.ts')], {
    cwd: root,
    stdio: 'ignore',
  });
  if (child.pid !== undefined) setPriority(child.pid, 10);
  return child;
}

function welcome(outputs: LocalOutputs, seconds: number) {
  const people = outputs.demoUsers.map(
    ({ email, groups }) => `    ${email.padEnd(24)} ${groups.join(', ') || 'visitor'}`,
  );
  const lines = [
    '',
    `Happy Path is running (started in ${seconds} s).`,
    '',
    `  Open      ${outputs.frontends.visitor}`,
    `  Staff     ${outputs.frontends.staff ?? ''}`,
    `  Display   ${outputs.frontends.display ?? ''}`,
    `  Sign in   visitor@example.com  password ${outputs.demoUsers[0]?.password ?? ''}`,
    `  Photos    ${outputs.samplePhotos}`,
    `  API       ${outputs.frontends.visitor}/api`,
    `  AWS       ${outputs.endpoint}  (region ${outputs.region}, key test, secret test)`,
    `  Details   ${outputsFile}`,
    '',
    '  Others who can sign in, with the same password:',
    ...people.slice(1),
    '',
    'Stop it with Ctrl-C or `npm run stop`; photos and places stay for the next start.',
  ];
  console.log(lines.join('\n'));
}

await runMain(main);
process.exit();
