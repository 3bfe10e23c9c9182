import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import sharp from 'sharp';
import * as z from 'zod';
import { localToolEnvironment } from '../../scripts/lib/aws.ts';
import { root } from '../../scripts/lib/paths.ts';
import { visionLayer } from '../vision/layer.ts';
import { percentile, round } from './statistics.ts';

/** What one function costs that looks at a photo with a model of its own. */
export interface VisionBench {
  readonly name: string;
  readonly photos: number;
  readonly outcomes: string;
  /** CPU per photo in a warm worker: read from S3, decode, look, answer. */
  readonly cpuMs: number;
  readonly p95Ms: number;
  readonly peakRssMb: number;
  /** Loading the bundle, which AWS calls init. */
  readonly initMs: number;
  /** The first photo after it, for which the model is loaded. */
  readonly firstMs: number;
}

const run = promisify(execFile);
const functions = { 'moderate-photo': 'Moderate Photo', 'detect-people': 'Detect People' };
const starts = 3;
/** The largest that a version hands on, v2 its rendition for sharing; v3 and v4 make one of 800. */
const previewSide = 1200;
const bucket = 'bench';
const report = z.object({
  initMs: z.number(),
  firstMs: z.number(),
  cpuMs: z.array(z.number()),
  peakRssMb: z.number(),
  outcomes: z.array(z.string()),
});
type Report = z.infer<typeof report>;

/**
 * Runs the bundles of both functions with the local engine, each in a process of its own, against the sample photos as a
 * workflow makes them small; this process plays S3.
 */
export async function benchVision(samples: string): Promise<VisionBench[]> {
  const layer = await visionLayer();
  const folder = mkdtempSync(join(tmpdir(), 'happy-path-bench-'));
  // Outside the repository, where Node would find its packages; these are what the layers bring.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['sharp', '@img', 'detect-libc', 'semver']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  symlinkSync(
    join(layer, 'node_modules', 'happy-path-vision'),
    join(folder, 'node_modules', 'happy-path-vision'),
  );
  const previews = await previewsOf(samples);
  const server = await serve(previews);
  try {
    const rows: VisionBench[] = [];
    for (const [name, title] of Object.entries(functions)) {
      const bundle = await bundleOf(name, folder);
      const reports: Report[] = [];
      for (let start = 0; start < starts; start += 1) {
        reports.push(await work(bundle, folder, server, [...previews.keys()]));
      }
      rows.push(summary(title, reports));
    }
    return rows;
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

function summary(name: string, reports: readonly Report[]): VisionBench {
  const cpu = reports.flatMap(({ cpuMs }) => cpuMs);
  const outcomes = reports[0]?.outcomes ?? [];
  const counts = Object.entries(Object.groupBy(outcomes, (outcome) => outcome));
  const middle = (pick: (one: Report) => number) => round(percentile(reports.map(pick), 0.5));
  return {
    name,
    photos: outcomes.length,
    outcomes: counts.map(([outcome, all]) => `${all?.length} ${outcome}`).join(', '),
    cpuMs: round(percentile(cpu, 0.5), 1),
    p95Ms: round(percentile(cpu, 0.95), 1),
    peakRssMb: Math.max(...reports.map(({ peakRssMb }) => peakRssMb)),
    initMs: middle(({ initMs }) => initMs),
    firstMs: middle(({ firstMs }) => firstMs),
  };
}

/** The function as `sam build` bundles it. */
async function bundleOf(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.js`);
  await build({
    entryPoints: [join(root, 'workflows', 'functions', name, 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    external: ['sharp'],
    logLevel: 'warning',
  });
  return outfile;
}

async function work(
  bundle: string,
  folder: string,
  server: Server,
  keys: readonly string[],
): Promise<Report> {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const env = {
    ...localToolEnvironment(`http://127.0.0.1:${port}`),
    ENGINE: 'local',
    LAMBDA_TASK_ROOT: folder,
  };
  const worker = join(import.meta.dirname, 'vision-worker.ts');
  const { stdout } = await run(process.execPath, [worker, bundle, bucket, ...keys], { env });
  return report.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

/** The samples as upright JPEGs without metadata, by their keys. */
async function previewsOf(samples: string): Promise<Map<string, Buffer>> {
  const names = readdirSync(samples).filter((name) => name.endsWith('.jpg'));
  const previews = new Map<string, Buffer>();
  for (const name of names.sort()) {
    const preview = sharp(join(samples, name), { autoOrient: true })
      .resize({ width: previewSide, height: previewSide, fit: 'inside' })
      .jpeg();
    previews.set(name, await preview.toBuffer());
  }
  return previews;
}

async function serve(objects: ReadonlyMap<string, Buffer>): Promise<Server> {
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    response.end(objects.get(path.replace(`/${bucket}/`, '')));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}

if (import.meta.main) {
  const [folder = join(root, '.local', 'samples')] = process.argv.slice(2);
  console.table(
    Object.fromEntries((await benchVision(folder)).map(({ name, ...numbers }) => [name, numbers])),
  );
}
