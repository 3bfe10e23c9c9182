import { createHash } from 'node:crypto';
import { type BuildOptions, build, type Message, type Metafile, type OutputFile } from 'esbuild';
import * as z from 'zod';
import type { ZipEntry } from './zip.ts';

/** How SAM calls esbuild for a function. */
export type BundleOptions = Pick<
  BuildOptions,
  'target' | 'format' | 'mainFields' | 'minify' | 'keepNames' | 'external' | 'sourcemap' | 'outExtension'
>;

/** What is bundled and how. */
export interface BundleInput {
  readonly entry: string;
  readonly options: BundleOptions;
}

/** A function's code, and the files of this repository that went into it. */
export interface Bundle {
  readonly files: readonly ZipEntry[];
  readonly inputs: readonly string[];
  readonly digest: string;
}

/** Why a function cannot be bundled, one `file:line:column` message a line. */
export interface Broken {
  readonly problems: readonly string[];
}

const properties = z.strictObject({
  EntryPoints: z.tuple([z.string()]),
  Target: z.string().default('es2020'),
  Format: z.enum(['cjs', 'esm']).default('cjs'),
  MainFields: z.string().optional(),
  Minify: z.boolean().default(true),
  KeepNames: z.boolean().default(false),
  External: z.array(z.string()).default([]),
  Sourcemap: z.boolean().default(false),
  OutExtension: z.array(z.string()).default([]),
});

/** Reads the BuildProperties of a function; undefined when there is something in them that only SAM does. */
export function buildProperties(given: unknown): BundleInput | undefined {
  const parsed = properties.safeParse(given);
  if (!parsed.success) return undefined;
  const { EntryPoints, MainFields, OutExtension, ...others } = parsed.data;
  const options: BundleOptions = {
    target: others.Target,
    format: others.Format,
    minify: others.Minify,
    keepNames: others.KeepNames,
    external: others.External,
    sourcemap: others.Sourcemap,
    outExtension: Object.fromEntries(
      OutExtension.map((pair) => pair.split('=')).map(([a = '', b = '']) => [a, b]),
    ),
    ...(MainFields === undefined ? {} : { mainFields: MainFields.split(',') }),
  };
  return { entry: EntryPoints[0], options };
}

/** Functions with the same key have the same code. */
export const keyOf = ({ entry, options }: BundleInput): string => `${entry} ${JSON.stringify(options)}`;

/** Bundles functions as `sam build` does, each once; by their keys. */
export async function bundleAll(
  root: string,
  wanted: readonly BundleInput[],
): Promise<ReadonlyMap<string, Bundle | Broken>> {
  const unique = new Map(wanted.map((input) => [keyOf(input), input]));
  const groups = Map.groupBy(unique.values(), ({ options }) => JSON.stringify(options));
  const done = await Promise.all([...groups.values()].map((group) => bundleGroup(root, group)));
  return new Map(done.flat());
}

type Result = [key: string, bundle: Bundle | Broken];

/** All at once, because that parses shared files once; one by one when one is broken, so that the others are made. */
async function bundleGroup(root: string, group: readonly BundleInput[]): Promise<Result[]> {
  try {
    return await bundleTogether(root, group);
  } catch (error) {
    const [only, ...more] = group;
    if (only && more.length === 0) return [[keyOf(only), { problems: problemsOf(error) }]];
    return (await Promise.all(group.map((input) => bundleGroup(root, [input])))).flat();
  }
}

async function bundleTogether(root: string, group: readonly BundleInput[]): Promise<Result[]> {
  const { outputFiles, metafile } = await build({
    ...group[0]?.options,
    absWorkingDir: root,
    entryPoints: group.map(({ entry }, index) => ({ in: entry, out: `${index}/index` })),
    bundle: true,
    platform: 'node',
    outdir: 'bundles',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return group.map((input, index) => {
    const files = outputFiles.filter(({ path }) => path.includes(`/bundles/${index}/`)).map(entryOf);
    return [keyOf(input), { files, inputs: importsOf(metafile, input.entry), digest: digestOf(files) }];
  });
}

/** By the imports, because a file of which only a constant is used is none of the inputs of an output. */
function importsOf({ inputs }: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const path of found) {
    const imports = (inputs[path]?.imports ?? []).filter(({ external }) => !external);
    for (const imported of imports) if (isOurs(imported.path)) found.add(imported.path);
  }
  return [...found];
}

/** Packages come with the lock file, and esbuild's own helpers with esbuild. */
const isOurs = (path: string): boolean => !path.includes('node_modules/') && !path.startsWith('<');

const entryOf = ({ path, contents }: OutputFile): ZipEntry => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  contents,
});

function digestOf(files: readonly ZipEntry[]): string {
  const hash = createHash('sha256');
  for (const { name, contents } of files) hash.update(`${name}\0`).update(contents);
  return hash.digest('hex');
}

function problemsOf(error: unknown): string[] {
  if (!(error instanceof Error && 'errors' in error && Array.isArray(error.errors))) return [String(error)];
  return error.errors.map(({ location, text }: Message) =>
    location ? `${location.file}:${location.line}:${location.column + 1} ${text}` : text,
  );
}
