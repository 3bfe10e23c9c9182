import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { photoTypes } from '../../workflows/imaging/identify.ts';
import { inspectPhoto } from '../../workflows/imaging/inspect-photo.ts';
import { makeRenditions } from '../../workflows/imaging/make-renditions.ts';
import { jpeg, sides, webp } from '../../workflows/imaging/render.ts';

/** CPU milliseconds (user + system) of one way to make the pictures, over all photos. */
export interface ImagingRow {
  readonly way: string;
  readonly cpuMs: number;
  readonly p95Ms: number;
  /** Against the floor of the same run. */
  readonly ratio: number;
}

export interface ImagingBench {
  readonly photos: number;
  readonly rows: readonly ImagingRow[];
  readonly peakRssMb: number;
}

interface Photo {
  readonly path: string;
  readonly bytes: Buffer;
}

const run = promisify(execFile);
const rounds = 2;
const rules = { types: photoTypes, minPixels: 800, nearMeters: 2000 };
const yosemite = { lat: 37.7456, lng: -119.5936 };
const floor = 'floor: one decode to 1600, one encode each';

/** Measures the image step against other ways to do it: same photos, same run, in turns. */
export async function benchImaging(folder: string): Promise<ImagingBench> {
  const peakRssMb = await peakRss(folder);
  const photos = await readPhotos(folder);
  const scratch = await mkdtemp(join(tmpdir(), 'happy-path-bench-'));
  const measured = await measure(photos, await ways(scratch));
  await rm(scratch, { recursive: true });
  const floorMs = median(measured.get(floor) ?? []);
  const rows = [...measured].map(([way, times]) => ({
    way,
    cpuMs: round(median(times)),
    p95Ms: round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0),
    ratio: Math.round((median(times) / floorMs) * 100) / 100,
  }));
  return { photos: photos.length, rows, peakRssMb };
}

type Way = (photo: Photo) => Promise<number>;

async function measure(photos: readonly Photo[], all: Map<string, Way>): Promise<Map<string, number[]>> {
  const times = new Map([...all.keys()].map((name): [string, number[]] => [name, []]));
  // Round 0 warms up caches and the compiler; taking turns spreads the noise of the machine over all ways.
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const photo of turn === 0 ? photos.slice(0, 2) : photos) {
      for (const [name, way] of all) {
        const spent = await way(photo);
        if (turn > 0) times.get(name)?.push(spent);
      }
    }
  }
  return times;
}

async function ways(scratch: string): Promise<Map<string, Way>> {
  const all = new Map<string, Way>([
    ['ours', ownCpu(({ bytes }) => makeRenditions(bytes))],
    ['inspection, with its preview', ownCpu(({ bytes }) => inspectPhoto(bytes, rules, yosemite))],
    [floor, ownCpu(onceDecoded)],
    ['a decode for each rendition', ownCpu(decodedForEach)],
    ['two small JPEGs by two decodes', ownCpu(twoSmallJpegs)],
  ]);
  const installed = await run('vipsthumbnail', ['--vips-version']).catch(() => undefined);
  if (installed) all.set('vipsthumbnail of one 1600', (photo) => vipsThumbnail(photo, scratch));
  return all;
}

function ownCpu(work: (photo: Photo) => Promise<unknown>): Way {
  return async (photo) => {
    const before = process.cpuUsage();
    await work(photo);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}

async function onceDecoded({ bytes }: Photo): Promise<void> {
  const { data, info } = await sharp(bytes, { autoOrient: true })
    .resize({ width: sides.large, height: sides.large, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  await encodeEach(() => sharp(data, { raw: { width, height, channels } }));
}

async function decodedForEach({ bytes }: Photo): Promise<void> {
  await encodeEach(() => sharp(bytes, { autoOrient: true }));
}

/** Far less than is asked for here: a tile and 600 px, not upright. It tells how busy the machine is: 102 ms on a quiet one. */
async function twoSmallJpegs({ bytes }: Photo): Promise<void> {
  await sharp(bytes).resize(400, 400).jpeg().toBuffer();
  await sharp(bytes).resize(600).jpeg().toBuffer();
}

async function encodeEach(open: () => Sharp): Promise<void> {
  const inside = (side: number) => open().resize({ width: side, height: side, fit: 'inside' });
  await open().resize(sides.tile, sides.tile).webp(webp.tile).toBuffer();
  await inside(sides.small).webp(webp.small).toBuffer();
  await inside(sides.large).webp(webp.large).toBuffer();
  await inside(sides.share).jpeg(jpeg).toBuffer();
}

/** The shell's `times` knows what a child spent, which Node does not tell. */
async function vipsThumbnail({ path }: Photo, scratch: string): Promise<number> {
  const command = 'vipsthumbnail --size 1600x1600 -o "$2/%s.webp[Q=75]" "$1" && times';
  const env = { ...process.env, VIPS_CONCURRENCY: '1' };
  const { stdout } = await run('sh', ['-c', command, 'sh', path, scratch], { env });
  const ofChildren = stdout.trim().split('\n').at(-1) ?? '';
  const spent = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
}

/** Peak memory of a process of its own that makes the renditions of each photo in turn, as a worker does. */
async function peakRss(folder: string): Promise<number> {
  const { stdout } = await run(process.execPath, [import.meta.filename, '--peak-rss', folder]);
  return Number(stdout);
}

async function reportPeakRss(folder: string): Promise<void> {
  for (const name of await photoNames(folder)) await makeRenditions(await readFile(join(folder, name)));
  console.log(await highWaterMark());
}

/** `maxRSS` also counts what the parent had before it started us; Linux knows better. */
async function highWaterMark(): Promise<number> {
  const status = existsSync('/proc/self/status') ? await readFile('/proc/self/status', 'utf8') : '';
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Math.round(Number(kilobytes) / 1024);
}

async function readPhotos(folder: string): Promise<Photo[]> {
  const paths = (await photoNames(folder)).map((name) => join(folder, name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}

async function photoNames(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
  if (names.length > 0) return names;
  throw new Error(`Expected sample photos in ${folder}, found none. Make them with: npm run samples`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

if (import.meta.main) {
  const [first, second] = process.argv.slice(2);
  if (first === '--peak-rss' && second) await reportPeakRss(second);
  else {
    const result = await benchImaging(first ?? join(import.meta.dirname, '../../.local/samples'));
    console.table(Object.fromEntries(result.rows.map(({ way, ...numbers }) => [way, numbers])));
    console.log(`${result.photos} photos, peak memory of a worker ${result.peakRssMb} MB`);
    console.log(JSON.stringify(result));
  }
}
