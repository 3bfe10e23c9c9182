import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localRegion } from './aws.ts';
import { askedMapStyle } from './edge/config.ts';
import { serveEdge } from './edge/server.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { Failure } from './failure.ts';
import { appFolders } from './frontends.ts';
import { deployAll, type Job, type StackOutputs, settleStacks, startBuilds } from './local-stacks.ts';
import { holderOf, releaseLock, takeLock } from './lock.ts';
import { type LocalOutputs, output } from './outputs.ts';
import { localFolder } from './paths.ts';
import { freePort } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { assertTemplates, localStacks, type Stack } from './stacks.ts';
import { stateLock } from './state.ts';
import { demoUsers } from './users.ts';

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

/** Starts the whole app on this machine: emulator, stacks, demo users, web server and data. */
export async function startLocal(options: LocalOptions): Promise<LocalApp> {
  const { stateFolder, stacks = localStacks, progress = createProgress() } = options;
  assertTemplates(stacks);
  const lock = stateLock(stateFolder);
  if (!takeLock(lock)) {
    throw new Failure(
      `The app is already starting or running (process ${holderOf(lock)}). ` +
        'Stop it with Ctrl-C in its terminal or with `npm run stop`.',
    );
  }
  try {
    return await begin(options, stacks, progress);
  } catch (error) {
    releaseLock(lock);
    throw error;
  }
}

async function begin(options: LocalOptions, stacks: readonly Stack[], progress: Progress): Promise<LocalApp> {
  const { stateFolder } = options;
  if (options.fresh) rmSync(stateFolder, { recursive: true, force: true });
  mkdirSync(stateFolder, { recursive: true });
  const port = options.port ?? (await freePort());
  const webPort = options.webPort ?? (await freePort());
  const emulator = await progress.step(`Start the local AWS on port ${port}`, () =>
    startEmulator({ port, stateFolder, environment: options.environment ?? {} }),
  );
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([abort.signal, options.signal]) : abort.signal;
  const { endpoint } = emulator;
  const { apps = false, parameters = {} } = options;
  const job: Job = { stateFolder, stacks, apps, parameters, progress, endpoint, webPort, signal };
  try {
    return await bringUp(job, options, emulator);
  } catch (error) {
    abort.abort();
    await settleStacks(job).catch(() => undefined); // An emulator that ended has nothing to settle.
    await emulator.stop();
    throw error;
  }
}

async function bringUp(job: Job, options: LocalOptions, emulator: Emulator): Promise<LocalApp> {
  const { progress, webPort, endpoint } = job;
  const lane = startBuilds(job);
  const deployed = await deployAll(job, lane.stacks);
  await lane.apps;
  const backend = deployed.backend ?? {};
  const edge = await progress.step(`Start the web server on port ${webPort}`, () =>
    serveEdge({
      port: webPort,
      endpoint,
      region: localRegion,
      apiId: output(backend, 'ApiId'),
      distributionBucket: output(backend, 'DistributionBucketName'),
      userPoolId: output(backend, 'UserPoolId'),
      userPoolClientId: output(backend, 'UserPoolClientId'),
      topicPrefix: output(backend, 'TopicPrefix'),
      connectionAuthorizer: output(backend, 'ConnectionAuthorizerFunctionName'),
      apps: job.apps ? appFolders : {},
      stage: 'local',
      ...askedMapStyle(),
    }),
  );
  const stop = async () => {
    await edge.close();
    await emulator.stop();
    releaseLock(stateLock(job.stateFolder));
  };
  try {
    const outputs = describe(endpoint, deployed, edge.url, options.samplePhotos);
    const { seed } = options;
    if (seed) await progress.step('Put in parks, trails and cafés', () => seed(outputs));
    return { outputs, exited: emulator.exited, stop };
  } catch (error) {
    await edge.close();
    throw error;
  }
}

function describe(endpoint: string, stacks: StackOutputs, url: string, samplePhotos?: string): LocalOutputs {
  const backend = stacks.backend ?? {};
  return {
    endpoint,
    region: localRegion,
    apiUrl: `${endpoint}/_aws/execute-api/${output(backend, 'ApiId')}/api`,
    userPoolId: output(backend, 'UserPoolId'),
    userPoolClientId: output(backend, 'UserPoolClientId'),
    mqttUrl: `${url.replace(/^http/, 'ws')}/mqtt`,
    uploadBucket: output(backend, 'UploadBucketName'),
    distributionBucket: output(backend, 'DistributionBucketName'),
    tableName: output(backend, 'TableName'),
    busName: output(backend, 'EventBusName'),
    stacks,
    frontends: { visitor: url, staff: `${url}/staff/` },
    demoUsers: [...demoUsers],
    samplePhotos: samplePhotos ?? join(localFolder, 'samples'),
    pid: process.pid,
  };
}
