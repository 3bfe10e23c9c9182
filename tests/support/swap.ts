import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Routes, Routing } from '#contracts/tables/items.ts';
import { indexes, photoKeys } from '#contracts/tables/keys.ts';
import { changeRouting } from '../../backend/functions/change-routing/change-routing.ts';
import { localTarget } from '../../scripts/lib/workflow/target.ts';
import type { App } from './load.ts';
import { type Tally, tally } from './tally.ts';
import { waitUntil } from './wait-until.ts';

/** What somebody decides upon what holds. */
export type Decision = (routing: Routing) => Routes;

/** Template parameters under which every tiny photo is published, and no ranger is needed. */
const undoubted = { ModerationReviewConfidence: '100', ModerationRejectConfidence: '100' } as const;
const takesTiny = { ...undoubted, MinPixels: '100' } as const;
export const swapParameters = {
  backend: { ClaimWithinSeconds: '60' },
  v2: undoubted,
  v3: takesTiny,
  v4: takesTiny,
};

/** Decides as `npm run workflow` does. */
export async function decide(app: App, decision: Decision): Promise<Routing> {
  const { routing, registry } = await localTarget(app.outputs.endpoint);
  const current = await routing.get();
  const change = changeRouting({ routing, registry, now: () => new Date() });
  return change({ body: { ...decision(current), revision: current.revision } });
}

/** Waits until all photos of an owner are published; one that ended otherwise is lost at once. */
export async function drain(app: App, ownerId: string, photos: number, timeoutMs: number): Promise<void> {
  let seen: Record<string, number> = {};
  const over = async () => {
    seen = await countStatuses(app, ownerId);
    if (seen.FAILED || seen.REJECTED) {
      throw new Error(`Expected no photo to be lost, got ${JSON.stringify(seen)}`);
    }
    return seen.PUBLISHED === photos || undefined;
  };
  const waiting = { timeoutMs, pauseMs: 2000, seen: () => seen };
  await waitUntil(`all ${photos} photos to be published`, over, waiting);
}

/** Straight from the table, so that no function is woken by it. */
async function countStatuses({ aws, outputs }: App, ownerId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const pages = paginateQuery(
    { client: aws.dynamodb },
    {
      TableName: outputs.tableName,
      IndexName: indexes.directory,
      KeyConditionExpression: 'GSI2PK = :owner',
      ProjectionExpression: '#status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':owner': photoKeys.owner(ownerId) },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { status } of Items) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  }
  return counts;
}

/** The tally once the last traces are there, too: duplicates end and journeys are written after the publication. */
export async function settledTally(app: App, photoIds: readonly string[]): Promise<Tally> {
  let seen = await tally(app, photoIds);
  const end = Date.now() + 120_000;
  while (seen.doubled.length > 0 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 5000));
    seen = await tally(app, photoIds);
  }
  return seen;
}

/** Prints a tally as a table. */
export function printTally({ byVersion, lost, doubled, strayed }: Tally): void {
  console.table(byVersion);
  console.log(
    `lost ${lost.length}, doubled ${doubled.length}, shown under another version ${strayed.length}`,
  );
}
