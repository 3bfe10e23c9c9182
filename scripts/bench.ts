import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, freemem } from 'node:os';
import { join } from 'node:path';
import { type BurstBench, benchBurst } from '../tests/bench/burst.ts';
import { benchFunctions, type FunctionBench } from '../tests/bench/functions.ts';
import { benchImaging, type ImagingBench } from '../tests/bench/imaging.ts';
import { benchLatency, type LatencyBench } from '../tests/bench/latency.ts';
import { benchOrders, type OrderStep } from '../tests/bench/orders.ts';
import { benchSwap, type SwapBench } from '../tests/bench/swap.ts';
import { benchVision, type VisionBench } from '../tests/bench/vision.ts';
import { swapParameters } from '../tests/support/swap.ts';
import { parseArguments } from './lib/args.ts';
import { Failure, runMain } from './lib/failure.ts';
import { startLocal } from './lib/local.ts';
import type { LocalOutputs } from './lib/outputs.ts';
import { localFolder } from './lib/paths.ts';
import { createProgress } from './lib/progress.ts';
import { makeSamples } from './samples.ts';
import { seed } from './seed.ts';

const usage =
  'npm run bench -- [--photos N] [--only imaging,vision,functions,latency,burst,throttled,swap,orders]';
const parts = ['imaging', 'vision', 'functions', 'latency', 'burst', 'throttled', 'swap', 'orders'] as const;
type Part = (typeof parts)[number];

interface Report {
  readonly machine: string;
  imaging?: ImagingBench;
  vision?: VisionBench[];
  functions?: FunctionBench[];
  latency?: LatencyBench[];
  burst?: BurstBench;
  throttled?: BurstBench;
  swap?: SwapBench;
  orders?: OrderStep[];
}

const samples = join(localFolder, 'samples');
const stateFolder = join(localFolder, 'bench');
/** Photos one at a time; more of them say nothing new. */
const latencyPhotos = 24;
/** The one with inspection and moderation, and the one without; what follows goes to the last. */
const timedWorkflows = ['v3', 'v1'];
/** Swaps of a version, each in the middle of traffic. */
const swapRounds = 20;
/** Concurrency of a new AWS account. */
const smallestLimit = 10;
const progress = createProgress();

async function main(): Promise<void> {
  const { values } = parseArguments(usage, {
    options: { photos: { type: 'string', default: '100' }, only: { type: 'string', default: parts.join() } },
  });
  const photos = Number(values.photos);
  const only = values.only.split(',');
  const unknown = only.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0 || !Number.isInteger(photos) || photos < 1) {
    throw new Failure(`Expected a number of photos and parts among ${parts.join()}.\nUsage: ${usage}`);
  }
  await progress.step('Make the sample photos', () => makeSamples({ folder: samples }));
  const model = cpus()[0]?.model ?? 'unknown processor';
  const report: Report = { machine: `${availableParallelism()} x ${model}, Node ${process.version}` };
  const wants = (part: Part) => only.includes(part);
  if (wants('imaging')) {
    report.imaging = await progress.step('Image step', () => benchImaging(samples));
  }
  if (wants('vision')) {
    report.vision = await progress.step('Looking at photos', () => benchVision(samples));
  }
  if (wants('functions') || wants('latency') || wants('burst')) await benchRoomy(report, wants, photos);
  if (wants('throttled')) {
    await withApp(smallestLimit, async (outputs) => {
      report.throttled = await progress.step(
        `${photos} photos at once, ${smallestLimit} functions at a time`,
        () => benchBurst(outputs, samples, photos),
      );
    });
  }
  if (wants('swap')) {
    const work = async (outputs: LocalOutputs) => {
      report.swap = await progress.step(`${swapRounds} swaps`, () => benchSwap(outputs, swapRounds));
    };
    await withApp(2 * smallestLimit, work, swapParameters);
  }
  if (wants('orders')) {
    const parameters = { orders: { TokensPerWindow: '500' } };
    const work = async (outputs: LocalOutputs) => {
      report.orders = await progress.step('Orders, one at a time', () => benchOrders(outputs, latencyPhotos));
    };
    await withApp(2 * smallestLimit, work, parameters);
  }
  print(report);
}

async function benchRoomy(report: Report, wants: (part: Part) => boolean, photos: number): Promise<void> {
  await withApp(roomyLimit(), async (outputs) => {
    if (wants('functions')) {
      report.functions = await progress.step('Zips and cold starts', () => benchFunctions(outputs));
    }
    if (wants('latency')) {
      const count = Math.min(photos, latencyPhotos);
      report.latency = [];
      for (const workflow of timedWorkflows) {
        const measure = () => benchLatency(outputs, samples, count, workflow);
        report.latency.push(
          await progress.step(`${count} photos through ${workflow}, one at a time`, measure),
        );
      }
    }
    if (wants('burst')) {
      report.burst = await progress.step(`${photos} photos at once`, () =>
        benchBurst(outputs, samples, photos),
      );
    }
  });
}

/** As many functions at a time as half of the free memory holds: each photo at work takes up to 300 MB. */
function roomyLimit(): number {
  return Math.max(2 * smallestLimit, Math.min(200, Math.floor((freemem() * 0.5) / 300e6)));
}

async function withApp(
  concurrency: number,
  work: (outputs: LocalOutputs) => Promise<void>,
  parameters: Record<string, Record<string, string>> = {},
): Promise<void> {
  // A state of its own, so that the running app's data stays out of it.
  const environment = { LAMBDA_ACCOUNT_CONCURRENCY: String(concurrency) };
  const app = await startLocal({
    stateFolder,
    seed,
    environment,
    parameters,
    samplePhotos: samples,
    progress,
  });
  try {
    await work(app.outputs);
  } finally {
    await app.stop();
  }
}

function print(report: Report): void {
  const { imaging, vision, functions, latency, burst, throttled, swap, orders } = report;
  if (imaging) table('Image step, CPU ms per photo', imaging.rows, ({ way, ...rest }) => [way, rest]);
  if (imaging) console.log(`${imaging.photos} photos, peak memory of a worker ${imaging.peakRssMb} MB`);
  if (vision) table('Looking at photos, local engine', vision, ({ name, ...rest }) => [name, rest]);
  if (functions) table('Zips and cold starts', functions, ({ name, ...rest }) => [name, rest]);
  for (const run of latency ?? []) printRun('Upload to published, one at a time', run);
  if (burst) printRun('All at once', burst);
  if (throttled) printRun(`All at once, ${smallestLimit} functions at a time`, throttled);
  if (swap) table('Swaps', [swap], ({ published, ...rest }) => [JSON.stringify(published), rest]);
  if (orders) table('Orders, milliseconds', orders, ({ step, ...rest }) => [step, rest]);
  mkdirSync(localFolder, { recursive: true });
  writeFileSync(join(localFolder, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${JSON.stringify(report)}`);
}

function printRun(title: string, { functions, ...numbers }: LatencyBench | BurstBench): void {
  console.log(`\n${title}`);
  console.table(Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, show(value)])));
  console.table(Object.fromEntries(functions.map(({ name, ...rest }) => [shortName(name), rest])));
}

function show(value: unknown): unknown {
  return typeof value === 'object' ? JSON.stringify(value) : (value ?? 'on Linux only');
}

/** `happy-path-workflow-v3-MakeRenditionsFunction-0A1B2C` is `v3 MakeRenditions`; the backend's have no prefix. */
function shortName(functionName: string): string {
  const [, version = '', name = functionName] = /(?:-(v\d+))?-([A-Za-z]+?)Function-/.exec(functionName) ?? [];
  return `${version} ${name}`.trim();
}

function table<Row>(title: string, rows: readonly Row[], split: (row: Row) => [string, object]): void {
  console.log(`\n${title}`);
  console.table(Object.fromEntries(rows.map(split)));
}

await runMain(main);
