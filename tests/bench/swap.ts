import { chooseWorkflow } from '../../backend/routing.ts';
import { DynamoDbRoutingStore } from '../../backend/stores/routing-store.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import { activate } from '../../scripts/lib/workflow/decisions.ts';
import { demoPlaces } from '../../scripts/seed.ts';
import { awsClients } from '../support/aws.ts';
import { type App, killWorker, sendSteadily, tinyPhotos } from '../support/load.ts';
import { decide, drain, settledTally } from '../support/swap.ts';
import { percentile, round } from './statistics.ts';

/** Swaps in the middle of traffic, with a worker killed in each. */
export interface SwapBench {
  readonly rounds: number;
  readonly photos: number;
  readonly lost: number;
  readonly doubled: number;
  /** Shown under another version than the one that made them. */
  readonly strayed: number;
  /** By the version that made them. */
  readonly published: Readonly<Record<string, number>>;
  /** What choosing the version adds to a photo's way: one read of the routing item, and the choice. */
  readonly decisionP50Ms: number;
  readonly decisionP95Ms: number;
}

const perSecond = 6;
const secondsPerRound = 2;
const decisionsMeasured = 200;
const ownerId = 'swap-bench';

/** Switches to the next version in the middle of each round of photos, and counts what became of all of them. */
export async function benchSwap(outputs: LocalOutputs, rounds: number): Promise<SwapBench> {
  const app: App = { outputs, aws: awsClients(outputs.endpoint) };
  const versions = Object.keys(outputs.stacks).filter((name) => /^v\d+$/.test(name));
  const photos = await tinyPhotos();
  const placeId = demoPlaces.find(({ type }) => type === 'park')?.placeId ?? '';
  const decisions = await measureDecisions(app, placeId);
  const photoIds: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const seconds = secondsPerRound;
    const sending = sendSteadily(app, photos, { placeId, ownerId, perSecond, seconds });
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / 2));
    const next = versions[(round + 1) % versions.length] ?? 'v1';
    await Promise.all([decide(app, (routing) => activate(routing, next, undefined)), killWorker(app)]);
    photoIds.push(...(await sending));
    await drain(app, ownerId, photoIds.length, 240_000);
  }
  const { lost, doubled, strayed, byVersion } = await settledTally(app, photoIds);
  const published = Object.entries(byVersion).map(([version, count]) => [version, count.published]);
  return {
    rounds,
    photos: photoIds.length,
    lost: lost.length,
    doubled: doubled.length,
    strayed: strayed.length,
    published: Object.fromEntries(published),
    decisionP50Ms: round2(percentile(decisions, 0.5)),
    decisionP95Ms: round2(percentile(decisions, 0.95)),
  };
}

const round2 = (value: number) => round(value, 2);

async function measureDecisions({ aws, outputs }: App, placeId: string): Promise<number[]> {
  const store = new DynamoDbRoutingStore(aws.dynamodb, outputs.tableName);
  const times: number[] = [];
  for (let photo = 0; photo < decisionsMeasured; photo += 1) {
    const started = performance.now();
    chooseWorkflow(await store.get(), { photoId: String(photo), placeId });
    times.push(performance.now() - started);
  }
  // The first ones open the connection.
  return times.slice(10);
}
