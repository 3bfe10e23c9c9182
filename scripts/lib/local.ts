import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localRegion } from './aws.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { Failure } from './failure.ts';
import { openEdge } from './local-edge.ts';
import {
  buildLocal,
  deployAll,
  deployOnce,
  type Job,
  type StackOutputs,
  settleStacks,
  startBuilds,
  undoUpdates,
} from './local-stacks.ts';
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
  /** Address of each app's Vite by name; the web server shows the apps from there. */
  devServers?: Record<string, string>;
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
  /** Of this moment: they may change when a stack is deployed again. */
  readonly outputs: LocalOutputs;
  /** Builds and deploys one stack while the others run on. */
  redeploy(stack: Stack): Promise<void>;
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
  const { apps = false, parameters = {}, devServers } = options;
  const where = { stateFolder, endpoint, webPort, devServers };
  const job: Job = { ...where, stacks, apps, parameters, progress, signal };
  try {
    return await bringUp(job, options, emulator, () => abort.abort());
  } catch (error) {
    abort.abort();
    await settleStacks(job).catch(() => undefined); // An emulator that ended has nothing to settle.
    await emulator.stop();
    throw error;
  }
}

async function bringUp(
  job: Job,
  options: LocalOptions,
  emulator: Emulator,
  abort: () => void,
): Promise<LocalApp> {
  const { progress, webPort } = job;
  const lane = startBuilds(job);
  const deployed = await deployAll(job, lane.stacks);
  await undoUpdates(job);
  await lane.apps;
  const open = () => openEdge(job, deployed);
  let edge = await progress.step(`Start the web server on port ${webPort}`, open);
  let deploying: Promise<unknown> = Promise.resolve();
  const outputs = () => describe(job.endpoint, deployed, edge.url, options.samplePhotos);
  const app: LocalApp = {
    get outputs() {
      return outputs();
    },
    async redeploy(stack) {
      const before = addressed(deployed);
      const work = buildLocal(stack, job.signal).then(() => deployOnce({ ...job, progress: silent }, stack));
      deploying = work.catch(() => settleStacks({ ...job, stacks: [stack] }));
      deployed[stack.name] = await work;
      if (addressed(deployed) === before) return;
      // Another API, bucket or pool may stand behind the same address now.
      await edge.close();
      edge = await open();
    },
    exited: emulator.exited,
    async stop() {
      abort();
      await deploying.catch(() => undefined); // An emulator that ended has nothing to settle.
      await edge.close();
      await emulator.stop();
      releaseLock(stateLock(job.stateFolder));
    },
  };
  try {
    const { seed } = options;
    if (seed) await progress.step('Put in parks, trails and cafés', () => seed(outputs()));
    return app;
  } catch (error) {
    await edge.close();
    throw error;
  }
}

/** The stacks that the web server stands in front of. */
const addressed = ({ backend, orders }: StackOutputs): string => JSON.stringify({ backend, orders });

const silent = createProgress({ write: () => undefined });

function describe(endpoint: string, stacks: StackOutputs, url: string, samplePhotos?: string): LocalOutputs {
  const { backend = {}, orders } = stacks;
  const apiUrl = (outputs: Record<string, string>, stage: string) =>
    `${endpoint}/_aws/execute-api/${output(outputs, 'ApiId')}/${stage}`;
  return {
    endpoint,
    region: localRegion,
    apiUrl: apiUrl(backend, 'api'),
    ...(orders && { ordersApiUrl: apiUrl(orders, 'orders') }),
    userPoolId: output(backend, 'UserPoolId'),
    userPoolClientId: output(backend, 'UserPoolClientId'),
    mqttUrl: `${url.replace(/^http/, 'ws')}/mqtt`,
    uploadBucket: output(backend, 'UploadBucketName'),
    distributionBucket: output(backend, 'DistributionBucketName'),
    tableName: output(backend, 'TableName'),
    busName: output(backend, 'EventBusName'),
    stacks,
    frontends: { visitor: url, staff: `${url}/staff/`, display: `${url}/display/` },
    demoUsers: [...demoUsers],
    samplePhotos: samplePhotos ?? join(localFolder, 'samples'),
    pid: process.pid,
  };
}
