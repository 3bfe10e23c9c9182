import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { type PhotoItem, photoItem } from '#contracts/tables/items.ts';
import { type indexes, photoKeys } from '#contracts/tables/keys.ts';
import { logger } from '#platform/logger.ts';
import type { Page, PageRequest } from '#platform/paging.ts';

/** The photos of one partition of an index that holds whole items. */
export interface PhotoQuery {
  readonly table: string;
  readonly index: Exclude<(typeof indexes)[keyof typeof indexes], 'GSI3'>;
  readonly partition: string;
  /** By the index's sort key; newest first without it. */
  readonly oldestFirst?: boolean;
  /** Leaves out photos after they were read. */
  readonly filter?: { readonly expression: string; readonly values: Readonly<Record<string, unknown>> };
}

/** A filter may leave out everything that one request reads; after this many a page ends short, with a way on. */
const mostRequests = 10;
const readForFilter = 100;

/** Reads a page of photos behind the `last` of the page before. */
export async function readPage(
  client: DynamoDBDocumentClient,
  query: PhotoQuery,
  { limit, after }: PageRequest,
): Promise<Page<PhotoItem>> {
  const sortKey = `${query.index}SK`;
  const found: Record<string, unknown>[] = [];
  let start = after === undefined ? undefined : keyOf(query, after);
  for (let request = 0; request < mostRequests; request += 1) {
    const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: query.table,
        IndexName: query.index,
        KeyConditionExpression: `${query.index}PK = :partition`,
        FilterExpression: query.filter?.expression,
        ExpressionAttributeValues: { ':partition': query.partition, ...query.filter?.values },
        ExclusiveStartKey: start,
        ScanIndexForward: query.oldestFirst ?? false,
        // One more than asked for tells whether there is a next page.
        Limit: query.filter ? readForFilter : limit + 1,
      }),
    );
    found.push(...Items);
    start = LastEvaluatedKey;
    if (!start || found.length > limit) break;
  }
  const page = found.slice(0, limit);
  const last: unknown = found.length > limit ? page.at(-1)?.[sortKey] : start?.[sortKey];
  return { items: page.flatMap(readable), ...(typeof last === 'string' && { last }) };
}

/** One item that some workflow wrote wrong must not hide the others of its list. */
export function readable(item: Record<string, unknown>): readonly PhotoItem[] {
  const parsed = photoItem.safeParse(item);
  if (parsed.success) return [parsed.data];
  logger.error('Photo item left out of a list', { PK: item.PK, error: parsed.error });
  return [];
}

/** The table's and the index's key of the photo at a position; an owner's list is sorted by the bare id. */
const keyOf = ({ index, partition }: PhotoQuery, position: string): Record<string, unknown> => ({
  ...photoKeys.primary(photoKeys.parsePosition(position) ?? position),
  [`${index}PK`]: partition,
  [`${index}SK`]: position,
});
