import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { indexes, photoKeys } from '#contracts/tables/keys.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import { round } from './statistics.ts';
import { type Announced, announce, send, type Visitor, visit } from './visitor.ts';
import { type FunctionUse, perPhoto, settle, WorkerMeter } from './workers.ts';

/** Photos that all arrive at once. */
export interface BurstBench {
  readonly photos: number;
  readonly seconds: number;
  readonly photosPerSecond: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Photos that were not published before the time was over. */
  readonly lost: number;
  /** Announcements that the API put off (429 or 5xx) and that were made again. */
  readonly putOff: number;
  /** All functions together, cold starts included; undefined where there is no `/proc`. */
  readonly cpuSecondsPerPhoto: number | undefined;
  readonly functions: readonly FunctionUse[];
}

const timeoutMs = 240_000;
const announcers = 4;

/** Announces photos a few at a time, then sends all of them at once and waits until they have come to an end. */
export async function benchBurst(outputs: LocalOutputs, folder: string, count: number): Promise<BurstBench> {
  const visitor = await visit(outputs, folder);
  const meter = new WorkerMeter(outputs.endpoint);
  const announced = await announceAll(visitor, count);
  const started = performance.now();
  await Promise.all(announced.map(send));
  const statuses = await waitForEnd(visitor, count, started);
  const seconds = (performance.now() - started) / 1000;
  await settle();
  const functions = meter.stop();
  return {
    photos: count,
    seconds: round(seconds, 1),
    photosPerSecond: round((statuses.PUBLISHED ?? 0) / seconds, 2),
    statuses,
    lost: count - (statuses.PUBLISHED ?? 0),
    putOff: announced.reduce((sum, { putOff }) => sum + putOff, 0),
    cpuSecondsPerPhoto: perPhoto(functions, count),
    functions,
  };
}

async function announceAll(visitor: Visitor, count: number): Promise<Announced[]> {
  const announced: Announced[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      next += 1;
      announced.push(await announce(visitor, next));
    }
  };
  await Promise.all(Array.from({ length: announcers }, work));
  return announced;
}

async function waitForEnd(visitor: Visitor, count: number, started: number): Promise<Record<string, number>> {
  for (;;) {
    const statuses = await countStatuses(visitor);
    const ended = (statuses.PUBLISHED ?? 0) + (statuses.REJECTED ?? 0) + (statuses.FAILED ?? 0);
    if (ended >= count || performance.now() - started > timeoutMs) return statuses;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Straight from the table, so that no function is woken by it. */
async function countStatuses({ clients, outputs, user }: Visitor): Promise<Record<string, number>> {
  const { Items = [] } = await clients.dynamodb.send(
    new QueryCommand({
      TableName: outputs.tableName,
      IndexName: indexes.directory,
      KeyConditionExpression: 'GSI2PK = :owner',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':owner': photoKeys.owner(user.userId) },
      ProjectionExpression: '#status',
    }),
  );
  const statuses: Record<string, number> = {};
  for (const { status } of Items) statuses[String(status)] = (statuses[String(status)] ?? 0) + 1;
  return statuses;
}
