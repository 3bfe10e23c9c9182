import { readFileSync, writeFileSync } from 'node:fs';
import { arch } from 'node:os';
import { basename, join } from 'node:path';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { isMap, isScalar, parseDocument } from 'yaml';
import { localClientConfig } from './aws.ts';
import { buildFolder, root } from './paths.ts';
import { type FunctionSample, functionSamples } from './samples.ts';
import type { Stack } from './stacks.ts';

/** A function of a stack with what to call it with. */
export interface SampledFunction {
  readonly id: string;
  readonly samples: readonly FunctionSample[];
}

/** The functions of a stack's template, with their samples. */
export function sampledFunctions(stack: Stack): SampledFunction[] {
  const document = parseDocument(readFileSync(join(root, stack.template), 'utf8'), { logLevel: 'silent' });
  const resources = document.get('Resources');
  if (!isMap(resources)) return [];
  return resources.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isMap(value) || value.get('Type') !== 'AWS::Serverless::Function') return [];
    const folder = basename(String(value.getIn(['Properties', 'CodeUri'])));
    return [{ id: String(key.value), samples: functionSamples(folder) }];
  });
}

/**
 * Writes a copy of a built template beside it that runs on this machine: for its own processor, since containers of
 * another one need an emulation, and with the address of the local AWS, since `sam local` hands to a function only
 * variables that its template names.
 */
export function localTemplate(stack: Stack, endpoint: string | undefined): string {
  const folder = buildFolder(stack.name);
  const document = parseDocument(readFileSync(join(folder, 'template.yaml'), 'utf8'), { logLevel: 'silent' });
  const shared = ['Globals', 'Function'];
  document.setIn([...shared, 'Architectures'], [arch() === 'arm64' ? 'arm64' : 'x86_64']);
  if (endpoint) document.setIn([...shared, 'Environment', 'Variables', 'AWS_ENDPOINT_URL'], endpoint);
  const file = join(folder, 'template.local.yaml');
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  return file;
}

/** The environment of each function as it is deployed on the local AWS, by logical id. */
export async function deployedEnvironment(
  endpoint: string,
  stackName: string,
): Promise<Record<string, Record<string, string>>> {
  const cloudFormation = new CloudFormationClient(localClientConfig(endpoint));
  const lambda = new LambdaClient(localClientConfig(endpoint));
  const { StackResourceSummaries = [] } = await cloudFormation.send(
    new ListStackResourcesCommand({ StackName: stackName }),
  );
  const entries = StackResourceSummaries.filter(
    ({ ResourceType }) => ResourceType === 'AWS::Lambda::Function',
  ).map(async ({ LogicalResourceId = '', PhysicalResourceId = '' }) => {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: PhysicalResourceId }),
    );
    return [LogicalResourceId, Environment?.Variables ?? {}] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** What one call came to. */
export interface Outcome {
  readonly ran: boolean;
  /** It ran and could not do its work: a 5xx, or messages that go back to their queue. */
  readonly failed: boolean;
  /** For a table: a status, an error's name, or the beginning of the answer. */
  readonly result: string;
}

/** Reads the outcome off what `sam local invoke` wrote: the answer is its last line of JSON. */
export function outcomeOf(output: string, code: number): Outcome {
  // The runtime's complaint that its container ends comes on the same line.
  const text = output.replace(/\[ERROR\] \[\d+\] LAMBDA_RUNTIME .*/g, '');
  const lines = text.split('\n').map((line) => line.trim());
  const answer = lines.findLast((line) => /^(\{.*\}|\[.*\]|null|".*"|\d+)$/.test(line) && !isLog(line));
  if (answer === undefined)
    return { ran: false, failed: true, result: lines.filter(Boolean).at(-1) ?? `ended with ${code}` };
  const value: unknown = JSON.parse(answer);
  const read = (name: string) =>
    typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
  const status = read('statusCode');
  if (typeof status === 'number') {
    const message = /"message":"([^"]*)/.exec(String(read('body')))?.[1];
    return { ran: true, failed: status >= 500, result: message ? `${status} ${message}` : String(status) };
  }
  const error = read('errorType');
  // These mean that the function's code never ran.
  const broken = typeof error === 'string' && /^Runtime\.|^Sandbox\.|ImportModule|Init/.test(error);
  if (error !== undefined)
    return { ran: !broken, failed: broken, result: `${String(error)}: ${String(read('errorMessage'))}` };
  const failures = read('batchItemFailures');
  return { ran: true, failed: Array.isArray(failures) && failures.length > 0, result: answer };
}

const isLog = (line: string) => /^\{.*"(level|_aws)":/.test(line);
