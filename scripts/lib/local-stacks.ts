import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { localClientConfig, localToolEnvironment } from './aws.ts';
import { buildFrontends, signInAddresses } from './frontends.ts';
import { limit } from './limit.ts';
import { withLock } from './lock.ts';
import { output, readStackOutputs, readStackStatus } from './outputs.ts';
import { localFolder } from './paths.ts';
import { waitUntil } from './processes.ts';
import type { Progress } from './progress.ts';
import { buildStack, builtFingerprint, deployStack } from './sam.ts';
import type { Stack } from './stacks.ts';
import { createDemoUsers } from './users.ts';
import { hasDrift } from './watch/drift.ts';

/** What is to be built and deployed, and where. */
export interface Job {
  stateFolder: string;
  stacks: readonly Stack[];
  /** Builds the front ends, too. */
  apps: boolean;
  /** Where the web server finds the front ends while they are being worked on. */
  devServers?: Record<string, string> | undefined;
  parameters: Record<string, Record<string, string>>;
  progress: Progress;
  endpoint: string;
  webPort: number;
  signal: AbortSignal;
}

/** Outputs by stack name. */
export type StackOutputs = Record<string, Record<string, string>>;

/** Builds the stacks, as many at a time as there are processors; the first ones are deployed meanwhile. */
export function startBuilds({ apps, stacks, progress, signal }: Job) {
  const atOnce = limit(availableParallelism());
  const start = (title: string, work: () => Promise<unknown>) => {
    const done = atOnce(() => progress.step(title, work));
    done.catch(() => undefined); // Reported by whoever awaits it.
    return done;
  };
  const builds = new Map<string, Promise<unknown>>();
  for (const stack of stacks) {
    builds.set(
      stack.name,
      start(`Build ${stack.name}`, () => buildLocal(stack, signal)),
    );
  }
  const logFile = join(localFolder, 'logs', 'build-frontends.log');
  const work = () => withLock(join(localFolder, 'locks', 'frontends'), () => buildFrontends(logFile, signal));
  return { stacks: builds, apps: apps ? start('Build the front ends', work) : Promise.resolve() };
}

/** Builds one stack for the emulator, unless its last build is of the same sources. */
export function buildLocal(stack: Stack, signal: AbortSignal): Promise<boolean> {
  const folder = join(stack.root, '.local');
  const logFile = join(folder, 'logs', `build-${stack.name}.log`);
  const build = () => buildStack(stack, { env: localToolEnvironment(''), logFile, signal });
  return withLock(join(folder, 'locks', stack.name), build);
}

/** Deploys each stack once it is built: the backend, which the others look up, then the others at the same time. */
export async function deployAll(job: Job, builds: Map<string, Promise<unknown>>): Promise<StackOutputs> {
  const atOnce = limit(availableParallelism());
  const backend = job.stacks.filter(({ name }) => name === 'backend');
  const others = job.stacks.filter(({ name }) => name !== 'backend');
  const deploy = async (stack: Stack) => {
    await builds.get(stack.name);
    return [stack.name, await atOnce(() => deployOnce(job, stack))] as const;
  };
  const first = await Promise.all(backend.map(deploy));
  for (const [, outputs] of first) await addUsers(job, outputs);
  return Object.fromEntries([...first, ...(await Promise.all(others.map(deploy)))]);
}

/** Deploys a stack unless the last deployment was of the same build and parameters; returns its outputs. */
export async function deployOnce(job: Job, stack: Stack): Promise<Record<string, string>> {
  const { endpoint, progress, signal, stateFolder } = job;
  const cloudFormation = new CloudFormationClient(localClientConfig(endpoint));
  const parameters = localParameters(job, stack);
  const wanted = `${builtFingerprint(stack)} ${JSON.stringify(parameters)}`;
  const mark = join(stateFolder, `deployed-${stack.name}`);
  const present = await readStackOutputs(cloudFormation, stack.stackName);
  if (present && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return present;
  await removeRemains(cloudFormation, stack);
  await progress.step(`Deploy ${stack.name}`, async () => {
    const logFile = join(stateFolder, `deploy-${stack.name}.log`);
    const env = localToolEnvironment(endpoint);
    await deployStack(stack, {
      env,
      logFile,
      signal,
      cloudFormation,
      parameters,
      stackName: stack.stackName,
    });
    writeFileSync(mark, wanted);
  });
  return (await readStackOutputs(cloudFormation, stack.stackName)) ?? {};
}

/** A stack whose first deployment failed cannot be updated. */
async function removeRemains(client: CloudFormationClient, { stackName }: Stack): Promise<void> {
  if ((await readStackStatus(client, stackName)) !== 'ROLLBACK_COMPLETE') return;
  await client.send(new DeleteStackCommand({ StackName: stackName }));
  await waitUntil(async () => (await readStackStatus(client, stackName)) === undefined, 30_000, 200);
}

/** Puts right what watch mode updated in an earlier run: a deployment that finds a template unchanged would not. */
export async function undoUpdates({ stacks, stateFolder, endpoint, progress }: Job): Promise<void> {
  const drifted = stacks.filter((stack) => hasDrift(stateFolder, stack));
  if (drifted.length === 0) return;
  // Loaded only here, because it takes a while.
  const [{ connect }, { settleStack }] = await Promise.all([
    import('./watch/live-stack.ts'),
    import('./watch/renew.ts'),
  ]);
  for (const stack of drifted) {
    const work = () => settleStack(stack, connect(endpoint), stateFolder);
    await progress.step(`Bring ${stack.name} up to date with its sources`, work);
  }
}

/** Waits for changes that go on in the emulator after the tool was stopped: saved half-way, a stack could not be changed again. */
export async function settleStacks({ endpoint, stacks }: Job): Promise<void> {
  const cloudFormation = new CloudFormationClient(localClientConfig(endpoint));
  const settled = async () => {
    const states = await Promise.all(
      stacks.map(({ stackName }) => readStackStatus(cloudFormation, stackName)),
    );
    return !states.some((state) => state?.endsWith('_IN_PROGRESS') && state !== 'REVIEW_IN_PROGRESS');
  };
  await waitUntil(settled, 30_000, 200);
}

function localParameters({ parameters, webPort }: Job, stack: Stack): Record<string, string> {
  const web = `http://localhost:${webPort}`;
  const urls = signInAddresses(web);
  return { Stage: 'local', ...(stack.name === 'backend' ? urls : {}), ...parameters[stack.name] };
}

async function addUsers({ endpoint, progress }: Job, backend: Record<string, string>): Promise<void> {
  const client = new CognitoIdentityProviderClient(localClientConfig(endpoint));
  await progress.step('Add the demo users', () => createDemoUsers(client, output(backend, 'UserPoolId')));
}
