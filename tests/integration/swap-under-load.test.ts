import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Routes, Routing } from '#contracts/tables/items.ts';
import { indexes, photoKeys } from '#contracts/tables/keys.ts';
import { changeRouting } from '../../backend/functions/change-routing/change-routing.ts';
import { type LocalApp, startLocal } from '../../scripts/lib/local.ts';
import { localStacks } from '../../scripts/lib/stacks.ts';
import { activate, canary, rollback } from '../../scripts/lib/workflow/decisions.ts';
import { localTarget } from '../../scripts/lib/workflow/target.ts';
import { demoPlaces, seed } from '../../scripts/seed.ts';
import { awsClients } from '../support/aws.ts';
import { type App, killWorker, sendSteadily, shortenQueues, smallPhotos } from '../support/load.ts';
import { type Tally, tally } from '../support/tally.ts';
import { waitUntil } from '../support/wait-until.ts';

const phaseSeconds = 10;
const perSecond = 10;
const drainMs = 420_000;
const ownerId = 'swap';

/** What an admin decides, every ten seconds: through all versions and back, a canary, and a rollback. */
const decisions: readonly ((routing: Routing) => Routes)[] = [
  (routing) => activate(routing, 'v2', undefined),
  (routing) => activate(routing, 'v3', undefined),
  (routing) => activate(routing, 'v4', undefined),
  (routing) => activate(routing, 'v2', undefined),
  (routing) => canary(routing, 'v3', 20),
  rollback,
];

let stateFolder: string;
let local: LocalApp;
let app: App;
const placeId = demoPlaces.find(({ type }) => type === 'park')?.placeId ?? '';

beforeAll(async () => {
  stateFolder = mkdtempSync(join(tmpdir(), 'happy-path-swap-'));
  // Nothing in these photos is in doubt, so that no ranger is needed.
  const unmoderated = { ModerationReviewConfidence: '100', ModerationRejectConfidence: '100' };
  local = await startLocal({
    stateFolder,
    seed,
    apps: false,
    stacks: localStacks.filter(({ name }) => /^(backend|v[1-4])$/.test(name)),
    parameters: { backend: { ClaimWithinSeconds: '60' }, v2: unmoderated, v3: unmoderated, v4: unmoderated },
    environment: { LAMBDA_ACCOUNT_CONCURRENCY: '16' },
  });
  app = { outputs: local.outputs, aws: awsClients(local.outputs.endpoint) };
  await shortenQueues(app, 45);
});
afterAll(async () => {
  await local?.stop();
  rmSync(stateFolder, { recursive: true, force: true });
});

/** Decides as `npm run workflow` does. */
async function decide(decision: (routing: Routing) => Routes): Promise<Routing> {
  const { routing, registry } = await localTarget(app.outputs.endpoint);
  const current = await routing.get();
  const change = changeRouting({ routing, registry, now: () => new Date() });
  return change({ body: { ...decision(current), revision: current.revision } });
}

/** Statuses of all photos of the test, straight from the table. */
async function countStatuses(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const pages = paginateQuery(
    { client: app.aws.dynamodb },
    {
      TableName: app.outputs.tableName,
      IndexName: indexes.directory,
      KeyConditionExpression: 'GSI2PK = :owner',
      ExpressionAttributeValues: { ':owner': photoKeys.owner(ownerId) },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { status } of Items) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  }
  return counts;
}

/** Waits until every photo is published; one that ended otherwise is lost at once. */
async function drain(photos: number): Promise<void> {
  let seen: Record<string, number> = {};
  const over = async () => {
    seen = await countStatuses();
    if (seen.FAILED || seen.REJECTED)
      throw new Error(`Expected no photo to be lost, got ${JSON.stringify(seen)}`);
    return seen.PUBLISHED === photos || undefined;
  };
  const waiting = { timeoutMs: drainMs, pauseMs: 2000, seen: () => seen };
  await waitUntil(`all ${photos} photos to be published`, over, waiting);
}

/** The tally once the last traces are there, too: duplicates end and journeys are written after the publication. */
async function settledTally(photoIds: readonly string[]): Promise<Tally> {
  let seen: Tally | undefined;
  const settled = async () => {
    seen = await tally(app, photoIds);
    return seen.doubled.length === 0 ? seen : undefined;
  };
  return waitUntil('one publication a photo', settled, {
    timeoutMs: 120_000,
    pauseMs: 5000,
    seen: () => seen?.doubled,
  });
}

describe('Under load, with a worker killed every second', () => {
  it('a swap every ten seconds loses no photo, makes none twice, and each shows the version that made it', async () => {
    // Prepare
    const photos = await smallPhotos();
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
      const { active, canary: tried } = await decide(decision);
      steps.push(`${active}${tried ? ` + ${tried.percent} % ${tried.version}` : ''}`);
    }
    const photoIds = await sending;
    clearInterval(killer);
    await drain(photoIds.length);
    const result = await settledTally(photoIds);

    // Assess
    const { byVersion, lost, doubled, strayed } = result;
    console.log(`v1 -> ${steps.join(' -> ')}; ${photoIds.length} photos, ${killed.length} workers killed`);
    console.table(byVersion);
    console.log(
      `lost ${lost.length}, doubled ${doubled.length}, shown under another version ${strayed.length}`,
    );
    expect(steps).toEqual(['v2', 'v3', 'v4', 'v2', 'v2 + 20 % v3', 'v2']);
    expect({ lost, doubled, strayed }).toEqual({ lost: [], doubled: [], strayed: [] });
    const sum = Object.values(byVersion).reduce((total, { published }) => total + published, 0);
    expect(sum).toBe(perSecond * seconds);
    for (const version of ['v1', 'v2', 'v3', 'v4'])
      expect(byVersion[version]?.published, version).toBeGreaterThan(0);
    expect(killed.length).toBeGreaterThan(seconds / 2);
  }, 700_000);
});
