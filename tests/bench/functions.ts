import { execFile } from 'node:child_process';
import { globSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type FunctionConfiguration, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { localToolEnvironment } from '../../scripts/lib/aws.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import { buildFolder } from '../../scripts/lib/paths.ts';
import { localStacks } from '../../scripts/lib/stacks.ts';
import { awsClients } from '../support/aws.ts';
import { percentile, round } from './statistics.ts';

/** What it takes to bring up one function. */
export interface FunctionBench {
  readonly name: string;
  readonly zipKb: number;
  /** Loading the bundle, which AWS calls init. */
  readonly initMs: number;
  /** The first call after it. */
  readonly firstMs: number;
}

const run = promisify(execFile);
const rounds = 3;
const timing = z.object({ initMs: z.number(), firstMs: z.number() });

/**
 * Reads the size of each deployed zip, and starts each bundle cold in a process of its own with the function's own
 * environment. Not by the emulator: unpacking the zip and starting Node there is nothing that AWS does.
 */
export async function benchFunctions(outputs: LocalOutputs): Promise<FunctionBench[]> {
  const { lambda } = awsClients(outputs.endpoint);
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const folder = await mkdtemp(join(tmpdir(), 'happy-path-bench-'));
  // Outside the repository, where Node would find its packages and its package.json.
  await linkLayers(folder);
  const rows: FunctionBench[] = [];
  for (const deployed of Functions) {
    const bundle = findBundle(deployed.FunctionName ?? '');
    if (!bundle) continue;
    const path = join(folder, 'index.js');
    await cp(bundle.path, path);
    rows.push(await measure(deployed, { name: bundle.name, path }, outputs.endpoint));
  }
  await rm(folder, { recursive: true });
  return rows.sort((a, b) => a.name.localeCompare(b.name));
}

/** Every function finds what any layer of any stack brings. */
async function linkLayers(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  const found = localStacks.flatMap(({ name }) =>
    globSync(join(buildFolder(name), '*Layer', 'nodejs', 'node_modules', '*')),
  );
  const unique = new Map(found.map((path) => [basename(path), path]));
  for (const [name, path] of unique) await symlink(path, join(modules, name));
}

/** The bundle of a function: its name holds the stack's and its logical id. */
function findBundle(functionName: string): { name: string; path: string } | undefined {
  for (const { name: stack, stackName } of localStacks) {
    const folder = buildFolder(stack);
    const ids = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
    const id = ids.find((name) => functionName.startsWith(`${stackName}-${name}`));
    if (id) return { name: id.replace(/Function$/, ''), path: join(folder, id, 'index.js') };
  }
  return undefined;
}

async function measure(
  { CodeSize = 0, Environment, FunctionName = '' }: FunctionConfiguration,
  { name, path }: { name: string; path: string },
  endpoint: string,
): Promise<FunctionBench> {
  const env = {
    ...localToolEnvironment(endpoint),
    ...Environment?.Variables,
    AWS_LAMBDA_FUNCTION_NAME: FunctionName,
    LAMBDA_TASK_ROOT: dirname(path),
  };
  const timings: z.infer<typeof timing>[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'cold-start.ts'), path], {
      env,
    });
    timings.push(timing.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')));
  }
  const median = (key: keyof z.infer<typeof timing>) =>
    round(
      percentile(
        timings.map((one) => one[key]),
        0.5,
      ),
    );
  return { name, zipKb: round(CodeSize / 1000), initMs: median('initMs'), firstMs: median('firstMs') };
}
