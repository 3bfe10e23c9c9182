import { existsSync } from 'node:fs';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { parseArguments } from './lib/args.ts';
import { localClientConfig, localToolEnvironment } from './lib/aws.ts';
import { Failure, runMain } from './lib/failure.ts';
import { type LocalOutputs, requireOutputs } from './lib/outputs.ts';
import { run } from './lib/processes.ts';
import { readSample } from './lib/sample-original.ts';
import { localStacks } from './lib/stacks.ts';

const usage = 'npm run invoke -- <FunctionLogicalId> events/functions/<function>/<case>.json';

await runMain(async () => {
  const [name, eventFile] = parseArguments(usage, { allowPositionals: true }).positionals;
  if (!name) throw new Failure(`Expected the logical id of a function, got nothing.\nUsage: ${usage}`);
  if (eventFile && !existsSync(eventFile)) {
    throw new Failure(
      `Expected a file with an event, but ${eventFile} does not exist. The samples are in events/.`,
    );
  }
  const outputs = requireOutputs();
  const stackName = await findStack(outputs, name);
  const event = eventFile ? await readSample(eventFile, outputs) : '{}';
  const args = ['remote', 'invoke', name, '--stack-name', stackName, '--event', event];
  const { code } = await run('sam', args, { env: localToolEnvironment(outputs.endpoint), visible: true });
  process.exitCode = code;
});

/** Finds the running stack that holds a function. */
async function findStack(outputs: LocalOutputs, name: string): Promise<string> {
  const client = new CloudFormationClient(localClientConfig(outputs.endpoint));
  const known: string[] = [];
  for (const { stackName } of localStacks.filter((stack) => outputs.stacks[stack.name])) {
    const { StackResourceSummaries = [] } = await client.send(
      new ListStackResourcesCommand({ StackName: stackName }),
    );
    const functions = StackResourceSummaries.filter(
      ({ ResourceType }) => ResourceType === 'AWS::Lambda::Function',
    );
    if (functions.some(({ LogicalResourceId }) => LogicalResourceId === name)) return stackName;
    known.push(...functions.flatMap(({ LogicalResourceId }) => LogicalResourceId ?? []));
  }
  throw new Failure(
    `Expected a function of a running stack, got "${name}". There are: ${known.sort().join(', ')}`,
  );
}
