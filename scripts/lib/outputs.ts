import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { Failure } from './failure.ts';
import { localFolder } from './paths.ts';
import { isAlive } from './processes.ts';

/** What a running local app tells other tools; an interface, kept stable. */
export const localOutputsSchema = z.object({
  endpoint: z.string(),
  region: z.string(),
  apiUrl: z.string(),
  /** API of the café orders, when that stack is there. */
  ordersApiUrl: z.string().optional(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  mqttUrl: z.string(),
  uploadBucket: z.string(),
  distributionBucket: z.string(),
  tableName: z.string(),
  busName: z.string(),
  stacks: z.record(z.string(), z.record(z.string(), z.string())),
  frontends: z.object({ visitor: z.string(), display: z.string().optional(), staff: z.string().optional() }),
  demoUsers: z.array(z.object({ email: z.string(), password: z.string(), groups: z.array(z.string()) })),
  samplePhotos: z.string(),
  pid: z.number(),
});
export type LocalOutputs = z.infer<typeof localOutputsSchema>;

/** Where a running local app leaves its outputs. */
export const outputsFile = join(localFolder, 'outputs.json');

/** Reads the outputs of the running app; removes those of one that ended without cleaning up. */
export function readOutputs(file = outputsFile): LocalOutputs | undefined {
  if (!existsSync(file)) return undefined;
  const parsed = localOutputsSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success && isAlive(parsed.data.pid)) return parsed.data;
  rmSync(file, { force: true });
  return undefined;
}

/** Reads the outputs of the running app, or says how to start one. */
export function requireOutputs(): LocalOutputs {
  const outputs = readOutputs();
  if (outputs) return outputs;
  throw new Failure(
    'Expected the app to be running, but it is not. Start it with `npm start` in another terminal.',
  );
}

/** Publishes the outputs in one step, so that nobody reads half a file. */
export function writeOutputs(outputs: LocalOutputs, file = outputsFile): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(outputs, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Takes the outputs back. */
export function removeOutputs(file = outputsFile): void {
  rmSync(file, { force: true });
}

/** Reads a stack's outputs; undefined when the stack is not there or not whole. */
export async function readStackOutputs(
  client: CloudFormationClient,
  stackName: string,
): Promise<Record<string, string> | undefined> {
  const described = await client
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch(nothingWhenMissing);
  const stack = described?.Stacks?.[0];
  if (!stack || !/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.StackStatus ?? ''))
    return undefined;
  return Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/** Reads a stack's state; undefined when there is no such stack. */
export async function readStackStatus(
  client: CloudFormationClient,
  stackName: string,
): Promise<string | undefined> {
  const described = await client
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch(nothingWhenMissing);
  const status = described?.Stacks?.[0]?.StackStatus;
  return status === 'DELETE_COMPLETE' ? undefined : status;
}

/** Picks an output that must be there. */
export function output(outputs: Record<string, string>, name: string): string {
  const value = outputs[name];
  if (value) return value;
  throw new Failure(
    `Expected the stack to have the output ${name}, got ${Object.keys(outputs).join(', ') || 'none'}.`,
  );
}

function nothingWhenMissing(error: unknown): undefined {
  // CloudFormation has no error class of its own for a stack that does not exist.
  if (error instanceof Error && error.name === 'ValidationError') return undefined;
  throw error;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
