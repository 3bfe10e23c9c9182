import { BatchGetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { photoStatus, workflowVersion } from '#contracts/photos.ts';
import { indexes, photoKeys, unfinishedShards } from '#contracts/tables/keys.ts';
import type { Target } from './target.ts';

const place = z.object({ PK: z.string(), SK: z.string() });
const state = z.object({ status: photoStatus, workflow: workflowVersion.optional() });

/** Photos on their way, by version, then by status; those whose bytes have not come have no version yet. */
export type Unfinished = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Most items that DynamoDB reads in one batch. */
const batch = 100;

/** Counts the photos that somebody still owes work. */
export async function countUnfinished({ dynamodb, tableName }: Target): Promise<Unfinished> {
  const counts = new Map<string, Map<string, number>>();
  for (let shard = 0; shard < unfinishedShards; shard += 1) {
    const pages = paginateQuery(
      { client: dynamodb },
      {
        TableName: tableName,
        IndexName: indexes.unfinished,
        KeyConditionExpression: 'GSI3PK = :shard',
        ExpressionAttributeValues: { ':shard': photoKeys.unfinishedShard(shard) },
      },
    );
    for await (const { Items = [] } of pages) {
      const keys = Items.map((item) => place.parse(item));
      for (const { status, workflow = 'none' } of await readStates({ dynamodb, tableName }, keys)) {
        const statuses = counts.get(workflow) ?? new Map<string, number>();
        counts.set(workflow, statuses.set(status, (statuses.get(status) ?? 0) + 1));
      }
    }
  }
  return counts;
}

/** The index holds keys only, so the items say what they are. */
async function readStates(
  { dynamodb, tableName }: Pick<Target, 'dynamodb' | 'tableName'>,
  keys: readonly z.infer<typeof place>[],
): Promise<z.infer<typeof state>[]> {
  const states: z.infer<typeof state>[] = [];
  for (let start = 0; start < keys.length; start += batch) {
    let wanted: Record<string, unknown>[] = keys.slice(start, start + batch);
    while (wanted.length > 0) {
      const { Responses = {}, UnprocessedKeys = {} } = await dynamodb.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: true } } }),
      );
      states.push(...(Responses[tableName] ?? []).map((item) => state.parse(item)));
      wanted = UnprocessedKeys[tableName]?.Keys ?? [];
    }
  }
  return states;
}
