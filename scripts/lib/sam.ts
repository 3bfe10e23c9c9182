import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type CloudFormationClient,
  paginateDescribeStackEvents,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { parse as parseToml } from 'smol-toml';
import { Failure } from './failure.ts';
import { fingerprint } from './fingerprint.ts';
import { run } from './processes.ts';
import type { Stack } from './stacks.ts';

export interface SamOptions {
  env: NodeJS.ProcessEnv;
  logFile: string;
  visible?: boolean;
  signal?: AbortSignal;
}

export interface DeployOptions extends SamOptions {
  stackName: string;
  parameters: Record<string, string>;
  cloudFormation: CloudFormationClient;
}

// Inside the build folder, which `sam build` empties: a build by hand makes us build again.
const markOf = (stack: Stack): string => join(stack.root, '.aws-sam', stack.name, 'build', '.fingerprint');

/** Names the state of the sources that a stack was last built from. */
export function builtFingerprint(stack: Stack): string | undefined {
  const mark = markOf(stack);
  return existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
}

/** Names the present state of a stack's sources. */
export const sourceFingerprint = (stack: Stack): string =>
  fingerprint(stack.root, stack.inputs.concat(stack.template), [process.version, settingsOf(stack)]);

/** The stack's own part of samconfig.toml: another stack that is added there changes nothing for this one. */
function settingsOf({ root, configEnv }: Stack): string {
  const file = join(root, 'samconfig.toml');
  return existsSync(file) ? JSON.stringify(parseToml(readFileSync(file, 'utf8'))[configEnv] ?? {}) : '';
}

/** Builds a stack unless its last build is of the same sources; tells whether it built. */
export async function buildStack(stack: Stack, options: SamOptions): Promise<boolean> {
  const wanted = sourceFingerprint(stack);
  if (builtFingerprint(stack) === wanted) return false;
  assertNoManifest(stack);
  const { code, output } = await sam(stack, ['build', '--config-env', stack.configEnv], options);
  if (code !== 0)
    throw new Failure(
      `${failingLines(output)}\n\nBuilding ${stack.name} failed. Whole output: ${options.logFile}`,
    );
  writeFileSync(markOf(stack), wanted);
  return true;
}

/** Refuses a CodeUri with a package.json: building in source, SAM would remove the development packages there. */
export function assertNoManifest(stack: Stack): void {
  const template = join(stack.root, stack.template);
  for (const [, uri = ''] of readFileSync(template, 'utf8').matchAll(/CodeUri:\s*([^\s,}]+)/g)) {
    if (!existsSync(join(dirname(template), uri, 'package.json'))) continue;
    throw new Failure(
      `Expected each CodeUri of ${stack.template} to be a folder without a package.json, got ${uri}. ` +
        "Give the function's own folder.",
    );
  }
}

/** Deploys a built stack; a failure names the resources that failed and why. */
export async function deployStack(stack: Stack, options: DeployOptions): Promise<void> {
  const started = new Date(Date.now() - 1000);
  const overrides = Object.entries(options.parameters).map(([name, value]) => `${name}="${value}"`);
  const args = [
    'deploy',
    '--config-env',
    stack.configEnv,
    '--stack-name',
    options.stackName,
    '--no-confirm-changeset',
  ];
  if (overrides.length > 0) args.push('--parameter-overrides', ...overrides);
  const { code, output } = await sam(stack, args, options);
  if (code === 0) return;
  const reasons = await failedResources(options.cloudFormation, options.stackName, started);
  const shown = reasons.length > 0 ? reasons.join('\n') : failingLines(output);
  throw new Failure(`${shown}\n\nDeploying ${options.stackName} failed. Whole output: ${options.logFile}`);
}

function sam(stack: Stack, args: readonly string[], { env, logFile, visible = false, signal }: SamOptions) {
  return run('sam', args, { env, logFile, visible, cwd: stack.root, ...(signal ? { signal } : {}) });
}

/** Picks the lines of SAM's output that tell what is wrong. */
export function failingLines(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) => /\b(error|failed|invalid|exception)\b/i.test(line));
  return lines
    .slice(first < 0 ? -15 : first)
    .slice(0, 25)
    .join('\n');
}

/** Names the resources that failed since then, the first one first, and why. */
export async function failedResources(
  client: CloudFormationClient,
  stackName: string,
  since: Date,
): Promise<string[]> {
  const failed: StackEvent[] = [];
  try {
    // Newest first, in pages: the events of a rollback alone fill the first one.
    for await (const page of paginateDescribeStackEvents({ client }, { StackName: stackName })) {
      const recent = (page.StackEvents ?? []).filter(({ Timestamp }) => Timestamp && Timestamp >= since);
      failed.push(...recent.filter(tellsWhy));
      if (recent.length === 0) break;
    }
  } catch {
    return []; // The stack was never made: SAM's own output says why.
  }
  return failed
    .reverse()
    .map((event) => `${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatusReason}`);
}

function tellsWhy({ ResourceStatus, ResourceStatusReason }: StackEvent): boolean {
  return (
    ResourceStatus?.endsWith('_FAILED') === true &&
    ResourceStatusReason !== undefined &&
    !/cancelled/i.test(ResourceStatusReason)
  );
}
