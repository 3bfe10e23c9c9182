import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { localClientConfig, localRegion, localToolEnvironment } from './aws.ts';
import { serveEdge } from './edge/server.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { appFolders, buildFrontends } from './frontends.ts';
import { withLock } from './lock.ts';
import { type LocalOutputs, output, readStackOutputs } from './outputs.ts';
import { localFolder } from './paths.ts';
import { freePort } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { buildStack, builtFingerprint, deployStack } from './sam.ts';
import { assertTemplates, localStacks, type Stack } from './stacks.ts';
import { createDemoUsers, demoUsers } from './users.ts';

export interface LocalOptions {
  /** Keeps the emulator's state, its log and what was deployed; one for each app that runs at a time. */
  stateFolder: string;
  /** The emulator's port. @default a free one */
  port?: number;
  /** The web server's port. @default a free one */
  webPort?: number;
  /** @default every stack that the emulator can run */
  stacks?: readonly Stack[];
  /** More template parameters, by stack name. */
  parameters?: Record<string, Record<string, string>>;
  /** Starts without the data of earlier runs. */
  fresh?: boolean;
  /** Builds and serves the front ends; without them the web server has the API, pictures and messages only. */
  apps?: boolean;
  /** Fills the new app with data. */
  seed?: (outputs: LocalOutputs) => Promise<unknown>;
  /** Where the sample photos are. @default .local/samples */
  samplePhotos?: string;
  /** More settings of the emulator, such as LAMBDA_ACCOUNT_CONCURRENCY. */
  environment?: Record<string, string>;
  progress?: Progress;
  /** Gives the start up. */
  signal?: AbortSignal;
}

/** A running local app. */
export interface LocalApp {
  readonly outputs: LocalOutputs;
  /** Resolves when the emulator ends, wanted or not. */
  readonly exited: Promise<number>;
  /** Ends it; the data stays in the state folder. */
  stop(): Promise<void>;
}

type StackOutputs = Record<string, Record<string, string>>;

/** Starts the whole app on this machine: emulator, stacks, demo users, web server and data. */
export async function startLocal(options: LocalOptions): Promise<LocalApp> {
  const { stateFolder, stacks = localStacks, progress = createProgress() } = options;
  assertTemplates(stacks);
  if (options.fresh) rmSync(stateFolder, { recursive: true, force: true });
  mkdirSync(stateFolder, { recursive: true });
  const port = options.port ?? (await freePort());
  const webPort = options.webPort ?? (await freePort());
  const emulator = await progress.step(`Start the local AWS on port ${port}`, () =>
    startEmulator({ port, stateFolder, environment: options.environment ?? {} }),
  );
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([abort.signal, options.signal]) : abort.signal;
  const job: Job = { options, stacks, progress, emulator, webPort, signal };
  try {
    return await bringUp(job);
  } catch (error) {
    abort.abort();
    await emulator.stop();
    throw error;
  }
}

interface Job {
  options: LocalOptions;
  stacks: readonly Stack[];
  progress: Progress;
  emulator: Emulator;
  webPort: number;
  signal: AbortSignal;
}

async function bringUp(job: Job): Promise<LocalApp> {
  const { options, progress, emulator, webPort } = job;
  const lane = startBuilds(job);
  const deployed = await deployAll(job, lane.stacks);
  await lane.apps;
  const backend = deployed.backend ?? {};
  const edge = await progress.step(`Start the web server on port ${webPort}`, () =>
    serveEdge({
      port: webPort,
      endpoint: emulator.endpoint,
      region: localRegion,
      apiId: output(backend, 'ApiId'),
      distributionBucket: output(backend, 'DistributionBucketName'),
      userPoolId: output(backend, 'UserPoolId'),
      userPoolClientId: output(backend, 'UserPoolClientId'),
      topicPrefix: output(backend, 'TopicPrefix'),
      connectionAuthorizer: output(backend, 'ConnectionAuthorizerFunctionName'),
      apps: options.apps ? appFolders : {},
      stage: 'local',
    }),
  );
  const stop = async () => {
    await edge.close();
    await emulator.stop();
  };
  try {
    const outputs = describe(job, deployed, edge.url);
    const { seed } = options;
    if (seed) await progress.step('Put in parks, trails and cafés', () => seed(outputs));
    return { outputs, exited: emulator.exited, stop };
  } catch (error) {
    await edge.close();
    throw error;
  }
}

/** Builds one thing after the other, while the stacks built first are being deployed: two lanes for two cores. */
function startBuilds({ options, stacks, progress, signal }: Job) {
  const builds = new Map<string, Promise<unknown>>();
  let lane: Promise<unknown> = Promise.resolve();
  for (const stack of stacks) {
    const logFile = join(localFolder, 'logs', `build-${stack.name}.log`);
    const build = () => buildStack(stack, { env: localToolEnvironment(''), logFile, signal });
    const work = () => withLock(join(localFolder, 'locks', stack.name), build);
    lane = lane.then(() => progress.step(`Build ${stack.name}`, work));
    builds.set(stack.name, lane);
  }
  const logFile = join(localFolder, 'logs', 'build-frontends.log');
  const work = () => withLock(join(localFolder, 'locks', 'frontends'), () => buildFrontends(logFile, signal));
  const apps = options.apps ? lane.then(() => progress.step('Build the front ends', work)) : lane;
  apps.catch(() => undefined); // Reported by whoever awaits the lane.
  return { stacks: builds, apps };
}

async function deployAll(job: Job, builds: Map<string, Promise<unknown>>): Promise<StackOutputs> {
  const outputs: StackOutputs = {};
  for (const stack of job.stacks) {
    await builds.get(stack.name);
    outputs[stack.name] = await deployOnce(job, stack);
    if (stack.name === 'backend') await addUsers(job, outputs[stack.name] ?? {});
  }
  return outputs;
}

async function deployOnce(job: Job, stack: Stack): Promise<Record<string, string>> {
  const { emulator, progress, signal, options } = job;
  const cloudFormation = new CloudFormationClient(localClientConfig(emulator.endpoint));
  const parameters = localParameters(job, stack);
  const wanted = `${builtFingerprint(stack)} ${JSON.stringify(parameters)}`;
  const mark = join(options.stateFolder, `deployed-${stack.name}`);
  const present = await readStackOutputs(cloudFormation, stack.stackName);
  if (present && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return present;
  await progress.step(`Deploy ${stack.name}`, async () => {
    const logFile = join(options.stateFolder, `deploy-${stack.name}.log`);
    const env = localToolEnvironment(emulator.endpoint);
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

function localParameters({ options, webPort }: Job, stack: Stack): Record<string, string> {
  const web = `http://localhost:${webPort}`;
  const urls = { CallbackUrls: `${web}/auth/callback,${web}/`, LogoutUrls: `${web}/` };
  return { Stage: 'local', ...(stack.name === 'backend' ? urls : {}), ...options.parameters?.[stack.name] };
}

async function addUsers({ emulator, progress }: Job, backend: Record<string, string>): Promise<void> {
  const client = new CognitoIdentityProviderClient(localClientConfig(emulator.endpoint));
  await progress.step('Add the demo users', () => createDemoUsers(client, output(backend, 'UserPoolId')));
}

function describe({ options, emulator }: Job, stacks: StackOutputs, url: string): LocalOutputs {
  const backend = stacks.backend ?? {};
  return {
    endpoint: emulator.endpoint,
    region: localRegion,
    apiUrl: `${emulator.endpoint}/_aws/execute-api/${output(backend, 'ApiId')}/api`,
    userPoolId: output(backend, 'UserPoolId'),
    userPoolClientId: output(backend, 'UserPoolClientId'),
    mqttUrl: `${url.replace(/^http/, 'ws')}/mqtt`,
    uploadBucket: output(backend, 'UploadBucketName'),
    distributionBucket: output(backend, 'DistributionBucketName'),
    tableName: output(backend, 'TableName'),
    busName: output(backend, 'EventBusName'),
    stacks,
    frontends: { visitor: url },
    demoUsers: [...demoUsers],
    samplePhotos: options.samplePhotos ?? join(localFolder, 'samples'),
    pid: process.pid,
  };
}
