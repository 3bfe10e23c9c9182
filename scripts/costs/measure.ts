import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { WorkerMeter } from '../../tests/bench/workers.ts';
import { emulatorLog } from '../lib/emulator.ts';
import { Failure } from '../lib/failure.ts';
import { type LocalApp, startLocal } from '../lib/local.ts';
import { localFolder, root } from '../lib/paths.ts';
import { createProgress } from '../lib/progress.ts';
import { localStacks } from '../lib/stacks.ts';
import { makeSamples } from '../samples.ts';
import { seed } from '../seed.ts';
import { addUp, type Counts } from './counts.ts';
import { parseLines } from './lines.ts';
import { type Measured, readMeasured, writeMeasured } from './measured.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { standingIn } from './standing.ts';

const stateFolder = join(localFolder, 'costs');
const samplePhotos = join(localFolder, 'samples');
const countsFile = join(stateFolder, 'counts.jsonl');
const progress = createProgress();

/** Functions that run every minute; an idle minute has them, and nothing else has. */
const background = /Sweep/;
const idle = 'idle minute';
const idleMinutes = 2;
const names = [...scenarios.map(({ name }) => name), idle];
/** Scans and stamps do not have to wait. */
const parameters = { orders: { TokensPerWindow: '500', StampDelaySeconds: '1' } };
const warmUps = 3;

/** What is measured, and how often. */
export interface MeasureOptions {
  readonly times: number;
  /** Names of scenarios; those that are not named stay as they were measured before. @default all */
  readonly only?: readonly string[] | undefined;
}

/** Runs scenarios on an emulator that counts, and writes down what each takes. */
export async function measure({ times, only = names }: MeasureOptions): Promise<void> {
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`Expected scenarios among ${names.join('; ')}, got ${unknown.join('; ')}.`);
  }
  await progress.step('Make the sample photos', () => makeSamples({ folder: samplePhotos }));
  rmSync(stateFolder, { recursive: true, force: true });
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(countsFile, '');
  const environment = {
    HAPPY_PATH_COUNTS: countsFile,
    PYTHONPATH: join(root, 'scripts', 'costs', 'counting'),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const app = await startLocal({ stateFolder, seed, environment, parameters, samplePhotos, progress });
  try {
    if (!readFileSync(countsFile, 'utf8').includes('"ready"')) throw notCounting();
    const before = only.length < names.length ? readMeasured().scenarios : {};
    const found = await measureAll(app, times, only);
    const model = cpus()[0]?.model ?? 'unknown processor';
    const machine = `${availableParallelism()} x ${model}, Node ${process.version}`;
    writeMeasured({ machine, standing: standingIn(localStacks), scenarios: { ...before, ...found } });
  } finally {
    await app.stop();
  }
}

async function measureAll(app: LocalApp, times: number, only: readonly string[]) {
  const takenOn = new Date().toISOString().slice(0, 10);
  const found: Measured['scenarios'] = {};
  for (const { name, prepare } of scenarios.filter((one) => only.includes(one.name))) {
    const run = () => measureOne(app, times, prepare);
    found[name] = { takenOn, ...(await progress.step(`Measure ${name}, ${times} times`, run)) };
  }
  if (!only.includes(idle)) return found;
  const counts = await progress.step(`Measure ${idleMinutes} idle minutes`, async () => {
    const stop = begin(app, idleMinutes);
    await pause(idleMinutes * 60_000);
    return stop();
  });
  return { ...found, [idle]: { takenOn, ...counts } };
}

async function measureOne(app: LocalApp, times: number, prepare: Scenario['prepare']): Promise<Counts> {
  const once = await prepare(app.outputs, samplePhotos);
  // The first ones start workers and fill the caches of whoever verifies tokens.
  for (let index = 0; index < warmUps; index += 1) await once(index);
  await settle();
  const stop = begin(app, times, background);
  for (let index = 0; index < times; index += 1) await once(index);
  await settle();
  return stop();
}

/** Begins to count; answers what ends it and adds up. */
function begin(app: LocalApp, of: number, ignored?: RegExp): () => Counts {
  const from = readFileSync(countsFile).length;
  const meter = new WorkerMeter(app.outputs.endpoint);
  return () => {
    const cpuSeconds = new Map(meter.stop().map((one) => [one.name, one.cpuSeconds]));
    if (cpuSeconds.size === 0) throw notCounting();
    const lines = parseLines(readFileSync(countsFile).subarray(from).toString('utf8'));
    return addUp({ lines, of, cpuSeconds, ...(ignored && { background: ignored }) });
  };
}

const notCounting = (): Failure =>
  new Failure(
    'Expected the emulator to count and /proc to tell CPU time, got nothing. ' +
      `Run it on Linux, and see the beginning of ${emulatorLog(stateFolder)}.`,
  );

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The functions behind the last event are done some time after what the visitor waited for. */
const settle = (): Promise<void> => pause(4000);
