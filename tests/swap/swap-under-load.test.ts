import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { photoKeys } from '#contracts/tables/keys.ts';
import { DynamoDbPhotoStore } from '../../backend/stores/dynamodb-photo-store.ts';
import { localRegion, localToolEnvironment } from '../../scripts/lib/aws.ts';
import { deleteStack } from '../../scripts/lib/delete-stack.ts';
import { type LocalApp, startLocal } from '../../scripts/lib/local.ts';
import { localStacks } from '../../scripts/lib/stacks.ts';
import { activate, canary, rollback } from '../../scripts/lib/workflow/decisions.ts';
import { demoPlaces, seed } from '../../scripts/seed.ts';
import { workflowCommand } from '../integration/workflow-command.ts';
import { awsClients } from '../support/aws.ts';
import {
  type App,
  killWorker,
  limitWorkflows,
  sendOne,
  sendSteadily,
  shortenQueues,
  tinyPhotos,
} from '../support/load.ts';
import { volume } from '../support/proof.ts';
import { type Decision, decide, drain, printTally, settledTally, swapParameters } from '../support/swap.ts';
import { waitUntil } from '../support/wait-until.ts';

const phaseSeconds = volume(10, 4);
const perSecond = volume(10, 5);
const drainMs = 420_000;

const to =
  (version: string): Decision =>
  (routing) =>
    activate(routing, version, undefined);

/** What an admin decides, one after the other: through all versions and back, a canary, and a rollback. */
const decisions: readonly Decision[] = [
  to('v2'),
  to('v3'),
  to('v4'),
  to('v2'),
  (routing) => canary(routing, 'v3', 20),
  rollback,
];

let stateFolder: string;
let local: LocalApp;
let app: App;
let photos: readonly Buffer[];
const placeId = demoPlaces.find(({ type }) => type === 'park')?.placeId ?? '';

beforeAll(async () => {
  photos = await tinyPhotos();
  stateFolder = mkdtempSync(join(tmpdir(), 'happy-path-swap-'));
  local = await startLocal({
    stateFolder,
    seed,
    apps: false,
    stacks: localStacks.filter(({ name }) => /^(backend|v[1-4])$/.test(name)),
    parameters: swapParameters,
    environment: { LAMBDA_ACCOUNT_CONCURRENCY: '32' },
  });
  app = { outputs: local.outputs, aws: awsClients(local.outputs.endpoint) };
  await shortenQueues(app, 45);
  await limitWorkflows(app, 2);
});
afterAll(async () => {
  await local?.stop();
  rmSync(stateFolder, { recursive: true, force: true });
});

describe('Under load, with a worker killed every second', () => {
  it('a swap every few seconds loses no photo, makes none twice, and each shows the version that made it', async () => {
    // Prepare
    const ownerId = 'swap';
    const steps: string[] = [];
    const killed: string[] = [];
    const killer = setInterval(() => {
      void killWorker(app).then((name) => name && killed.push(name));
    }, 1000);

    // Act
    const seconds = phaseSeconds * (decisions.length + 1);
    const sending = sendSteadily(app, photos, { placeId, ownerId, perSecond, seconds });
    for (const decision of decisions) {
      await new Promise((resolve) => setTimeout(resolve, phaseSeconds * 1000));
      const { active, canary: tried } = await decide(app, decision);
      steps.push(`${active}${tried ? ` + ${tried.percent} % ${tried.version}` : ''}`);
    }
    const photoIds = await sending;
    clearInterval(killer);
    await drain(app, ownerId, photoIds.length, drainMs);
    const result = await settledTally(app, photoIds);

    // Assess
    const { byVersion, lost, doubled, strayed } = result;
    console.log(`v1 -> ${steps.join(' -> ')}; ${photoIds.length} photos, ${killed.length} workers killed`);
    printTally(result);
    expect(steps).toEqual(['v2', 'v3', 'v4', 'v2', 'v2 + 20 % v3', 'v2']);
    expect({ lost, doubled, strayed }).toEqual({ lost: [], doubled: [], strayed: [] });
    const sum = Object.values(byVersion).reduce((total, { published }) => total + published, 0);
    expect(sum).toBe(perSecond * seconds);
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      expect(byVersion[version]?.published, version).toBeGreaterThan(0);
    }
    expect(killed.length).toBeGreaterThan(seconds / 2);
  }, 900_000);
});

describe('A version whose stack is deleted while it has photos', () => {
  const ownerId = 'retired';

  /** Has v1 take photos and get no further: no worker is there for its first task. */
  async function takenByV1(count: number): Promise<string[]> {
    const { aws, outputs } = app;
    const FunctionName = outputs.stacks.v1?.MakeRenditionsFunctionName;
    await aws.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
    );
    await decide(app, to('v1'));
    const whose = { placeId, ownerId };
    const taken = await Promise.all(photos.slice(0, count).map((bytes) => sendOne(app, bytes, whose)));
    await waitUntil('v1 to have the photos', async () => {
      const items = await Promise.all(taken.map((photoId) => store().get(photoId)));
      return items.every((item) => item?.status === 'PROCESSING') || undefined;
    });
    return taken;
  }

  const store = () => new DynamoDbPhotoStore(app.aws.dynamodb, app.outputs.tableName);

  /** As on AWS, where an execution ends at its next state once its machine is being deleted. */
  async function stopExecutions(): Promise<void> {
    const stateMachineArn = app.outputs.stacks.v1?.StateMachineArn;
    const { executions = [] } = await app.aws.sfn.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }),
    );
    for (const { executionArn } of executions) {
      await app.aws.sfn.send(new StopExecutionCommand({ executionArn }));
    }
  }

  /** The lease of a photo is over, and the sweeper is due to look at it. */
  async function letTimePass(photoId: string): Promise<void> {
    await app.aws.dynamodb.send(
      new UpdateCommand({
        TableName: app.outputs.tableName,
        Key: photoKeys.primary(photoId),
        UpdateExpression: 'SET GSI3SK = :past, leaseExpiresAt = :past',
        ExpressionAttributeValues: { ':past': new Date(0).toISOString() },
      }),
    );
  }

  it('loses none of them: the sweeper sends them to the active version', async () => {
    // Prepare
    const { endpoint, stacks } = app.outputs;
    const taken = await takenByV1(3);
    await decide(app, to('v2'));
    const refused = await workflowCommand(endpoint, 'retire', 'v1');
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('got 3 PROCESSING') });

    // Act: somebody deletes it all the same, and more photos were sent to it that it will never hear of.
    await stopExecutions();
    await deleteStack('happy-path-workflow-v1', localRegion, localToolEnvironment(endpoint));
    const sent = { status: 'UPLOADED', workflow: 'v1' } as const;
    const unheard = await Promise.all(
      photos.slice(3).map((bytes) => sendOne(app, bytes, { placeId, ownerId }, sent)),
    );
    const waiting = [...taken, ...unheard];
    for (const photoId of waiting) await letTimePass(photoId);
    const FunctionName = stacks.backend?.SweepPhotosFunctionName;
    await app.aws.lambda.send(new InvokeCommand({ FunctionName }));

    // Assess
    await drain(app, ownerId, waiting.length, 90_000);
    for (const photoId of waiting) expect((await store().get(photoId))?.workflow).toBe('v2');
  });
});
