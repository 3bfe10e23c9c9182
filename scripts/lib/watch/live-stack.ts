import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, SFNClient, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { localClientConfig } from '../aws.ts';
import type { Stack } from '../stacks.ts';
import type { Bundle } from './bundle.ts';
import { missingValues, problemsOf, readValues, substitute, type Values } from './definition.ts';
import { addDrift, readDrift } from './drift.ts';
import { type FunctionSource, type MachineSource, readSources, type StackSources } from './template.ts';
import { zip } from './zip.ts';

/** Clients of the emulator. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
}

/** Makes the clients of the emulator at an endpoint. */
export function connect(endpoint: string): Clients {
  const config = localClientConfig(endpoint);
  return {
    cloudFormation: new CloudFormationClient(config),
    lambda: new LambdaClient(config),
    sfn: new SFNClient(config),
  };
}

/** A running stack whose functions and state machines are updated one by one, without a deployment. */
export interface LiveStack {
  readonly stack: Stack;
  readonly sources: StackSources;
  /** Puts a bundle in the place of a function's code; does nothing when that is what runs. */
  updateFunction(source: FunctionSource, bundle: Bundle): Promise<boolean>;
  /** Takes nothing more for granted about what runs. */
  forget(): void;
  /** Puts a definition in the place of a machine's, if it is good; tells what came of it. */
  updateMachine(source: MachineSource): Promise<MachineUpdate>;
}

/** `unresolved`: what its placeholders stand for is not known, so that only a deployment can do it. */
export type MachineUpdate =
  | { readonly done: 'updated' | 'unresolved' }
  | { readonly problems: readonly string[] };

/** Looks up what runs, and takes the sources of this moment for those that it was made of. */
export async function connectStack(stack: Stack, clients: Clients, stateFolder: string): Promise<LiveStack> {
  const ids = await physicalIds(clients.cloudFormation, stack.stackName);
  const { functions, machines, others } = readSources(stack);
  // What a condition left out is not there.
  const sources = {
    functions: functions.filter(({ id }) => ids.has(id)),
    machines: machines.filter(({ id }) => ids.has(id)),
    others,
  };
  const idOf = (id: string) => ids.get(id) ?? '';
  const running = new Map<string, string>();
  const values = new Map<string, Values>();
  for (const machine of sources.machines) {
    const { definition = '' } = await clients.sfn.send(
      new DescribeStateMachineCommand({ stateMachineArn: idOf(machine.id) }),
    );
    const found = readValues(readDefinition(stack, machine), definition);
    const known = found ?? readDrift(stateFolder, stack).machines[machine.id];
    if (known) values.set(machine.id, known);
  }
  return {
    stack,
    sources,
    forget: () => running.clear(),
    async updateFunction({ id }, { files, digest }) {
      if (running.get(id) === digest) return false;
      addDrift(stateFolder, stack, { functions: [id] });
      await clients.lambda.send(
        new UpdateFunctionCodeCommand({ FunctionName: idOf(id), ZipFile: zip(files) }),
      );
      running.set(id, digest);
      return true;
    },
    async updateMachine(machine) {
      const [text, known] = [readDefinition(stack, machine), values.get(machine.id)];
      const problems = await machineProblems(machine, text, known);
      if (problems.length > 0) return { problems };
      if (!known || missingValues(text, known).length > 0) return { done: 'unresolved' };
      addDrift(stateFolder, stack, { machines: { [machine.id]: known } });
      const definition = substitute(text, known);
      await clients.sfn.send(
        new UpdateStateMachineCommand({ stateMachineArn: idOf(machine.id), definition }),
      );
      return { done: 'updated' };
    },
  };
}

function readDefinition({ root }: Stack, { definition }: MachineSource): string {
  const file = join(root, definition);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function machineProblems(
  { definition, placeholders }: MachineSource,
  text: string,
  values?: Values,
): Promise<string[]> {
  const given = Object.fromEntries(placeholders.map((name) => [name, '']));
  const unknown = missingValues(text, given).map(
    (name) =>
      `${definition}:${lineOf(text, name)} \${${name}} is not in the template's DefinitionSubstitutions`,
  );
  const isWhole = values !== undefined && missingValues(text, values).length === 0;
  return [...unknown, ...(await problemsOf(definition, text, isWhole ? values : undefined))];
}

const lineOf = (text: string, name: string): number =>
  text.slice(0, text.indexOf(`\${${name}}`)).split('\n').length;

/** Says what is wrong with the definitions that a template names. */
export async function definitionProblems(stack: Stack): Promise<string[]> {
  const { machines } = readSources(stack);
  const all = machines.map((machine) => machineProblems(machine, readDefinition(stack, machine)));
  return (await Promise.all(all)).flat();
}

async function physicalIds(client: CloudFormationClient, stackName: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of page.StackResourceSummaries ?? []) {
      ids.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return ids;
}
