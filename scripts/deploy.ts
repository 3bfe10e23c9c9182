import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { type Identity, readIdentity } from './lib/account.ts';
import { parseArguments } from './lib/args.ts';
import { toolPath } from './lib/aws.ts';
import {
  edgeAdvice,
  edgeParameters,
  findIotEndpoint,
  findOrdersApi,
  findSignIn,
  publishApps,
} from './lib/deploy-edge.ts';
import { Failure, runMain } from './lib/failure.ts';
import { buildFrontends, signInAddresses } from './lib/frontends.ts';
import { readStackOutputs } from './lib/outputs.ts';
import { localFolder } from './lib/paths.ts';
import { createProgress } from './lib/progress.ts';
import { buildStack, deployStack } from './lib/sam.ts';
import { type Stack, selectStacks, stacks } from './lib/stacks.ts';
import { assertPlace, confirm, parseParameters, parseStage, stackNameFor } from './lib/stages.ts';

const usage = 'npm run deploy -- --stage NAME [--stack NAME ...] [--parameter STACK.Name=value ...] [--yes]';
const progress = createProgress();

interface Deployment {
  stage: string;
  identity: Identity;
  given: Record<string, Record<string, string>>;
  cloudFormation: CloudFormationClient;
}

await runMain(async () => {
  const { values } = parseArguments(usage, {
    options: {
      stage: { type: 'string' },
      stack: { type: 'string', multiple: true, default: [] },
      parameter: { type: 'string', multiple: true, default: [] },
      yes: { type: 'boolean', default: false },
    },
  });
  const stage = parseStage(values.stage);
  assertPlace(stage);
  // CloudFront cannot be played by the emulator: there, local mode's web server is the edge.
  const possible = stacks.filter((stack) => stage !== 'local' || !stack.onlyOnAws);
  const wanted = selectStacks(possible, values.stack);
  const known = stacks.map((stack) => stack.name);
  const given = parseParameters(values.parameter, known);
  const identity = await readIdentity();
  const names = wanted.map((stack) => stackNameFor(stack, stage));
  if (!values.yes) await confirm('This builds and deploys:', identity, names, stage);
  const cloudFormation = new CloudFormationClient({ region: identity.region });
  const deployment = { stage, identity, given, cloudFormation };
  for (const stack of wanted)
    await (stack.name === 'edge' ? deployEdge(deployment) : deployOne(deployment, stack));
  const edgeStack = stackNameFor(stackCalled('edge'), stage);
  const advice = await edgeAdvice(cloudFormation, edgeStack, { stage, region: identity.region });
  if (advice) progress.say(advice);
});

async function deployOne(deployment: Deployment, stack: Stack, more: Record<string, string> = {}) {
  const { stage, identity, given, cloudFormation } = deployment;
  const stackName = stackNameFor(stack, stage);
  const env = {
    ...process.env,
    PATH: toolPath(),
    AWS_REGION: identity.region,
    AWS_DEFAULT_REGION: identity.region,
  };
  const logFile = join(localFolder, 'logs', `deploy-${stackName}.log`);
  const buildLog = join(localFolder, 'logs', `build-${stack.name}.log`);
  await progress.step(`Build ${stack.name}`, () => buildStack(stack, { env, logFile: buildLog }));
  const parameters = { Stage: stage, ...more, ...given[stack.name] };
  await progress.step(`Deploy ${stackName}`, () =>
    deployStack(stack, { env, logFile, stackName, parameters, cloudFormation }),
  );
  const outputs = await readStackOutputs(cloudFormation, stackName);
  for (const [name, value] of Object.entries(outputs ?? {})) progress.say(`    ${name.padEnd(32)} ${value}`);
  return outputs ?? {};
}

/** Deploys CloudFront and the web bucket, tells the backend the app's address, and uploads the apps. */
async function deployEdge(deployment: Deployment) {
  const { stage, identity, cloudFormation } = deployment;
  const { region } = identity;
  const backendStack = stackCalled('backend');
  const backend = await readStackOutputs(cloudFormation, stackNameFor(backendStack, stage));
  if (!backend) throw new Failure(`Expected the backend of stage ${stage} to be deployed. Run: ${usage}`);
  const signIn = await findSignIn(region, stage, backend);
  const iotEndpoint = await findIotEndpoint(region);
  const to = { iotEndpoint, signIn, ordersApiId: await findOrdersApi(region, stage) };
  const edge = await deployOne(deployment, stackCalled('edge'), edgeParameters(stage, to));
  // The address of the app is known only now; on later deployments nothing changes here.
  const url = edge.Url ?? '';
  const addresses = { ...signInAddresses(url), WebOrigins: url };
  await deployOne(deployment, backendStack, { ...addresses, IotDataEndpoint: iotEndpoint });
  const logFile = join(localFolder, 'logs', 'build-frontends.log');
  await progress.step('Build the front ends', () => buildFrontends(logFile));
  await progress.step('Upload the front ends', () => publishApps({ stage, region, backend, edge, ...to }));
  progress.say(`\nThe app is at ${url}`);
}

function stackCalled(name: string): Stack {
  const [stack] = selectStacks(stacks, [name]);
  if (stack) return stack;
  throw new Failure(`Expected a stack called ${name}.`);
}
