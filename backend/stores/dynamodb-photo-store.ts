import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AttentionStatus } from '#contracts/photos.ts';
import { type PhotoItem, photoItem } from '#contracts/tables/items.ts';
import { indexes, photoKeys } from '#contracts/tables/keys.ts';
import { whenConditionHolds } from '#platform/conditional-write.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import { type PhotoQuery, readable, readPage } from './photo-queries.ts';
import type { Deletion, Ending, Handover, PhotoStore, Seen } from './photo-store.ts';
import { type Change, photoUpdate, seenValues, unchanged } from './photo-updates.ts';

/** What only an unfinished photo has. */
const unfinished = ['GSI3PK', 'GSI3SK', 'leaseExpiresAt', 'taskToken', 'reviewBy'] as const;
const attention = ['GSI4PK', 'GSI4SK'] as const;
/** What a retried photo must not bring along from its first way. */
const ofFirstWay = [
  ...attention,
  'reason',
  'message',
  'decision',
  'decidedBy',
  'decidedAt',
  'labels',
  'picture',
  'executionId',
  'leaseExpiresAt',
  'taskToken',
  'reviewBy',
] as const;
/** What DynamoDB takes in one batch. */
const perBatch = 100;

/** Photos in DynamoDB; keys come from `#contracts/tables`. */
export class DynamoDbPhotoStore implements PhotoStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(photoId: string): Promise<PhotoItem | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: photoKeys.primary(photoId), ConsistentRead: true }),
    );
    return Item && photoItem.parse(Item);
  }

  async getMany(photoIds: readonly string[]): Promise<readonly PhotoItem[]> {
    const found: PhotoItem[] = [];
    let keys: Record<string, unknown>[] = photoIds.map((photoId) => ({ ...photoKeys.primary(photoId) }));
    while (keys.length > 0) {
      const RequestItems = { [this.#table]: { Keys: keys.slice(0, perBatch) } };
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await this.#client.send(
        new BatchGetCommand({ RequestItems }),
      );
      found.push(...(Responses?.[this.#table] ?? []).flatMap(readable));
      keys = [...keys.slice(perBatch), ...(UnprocessedKeys?.[this.#table]?.Keys ?? [])];
    }
    return found;
  }

  async create(photo: PhotoItem, dueAt: string): Promise<void> {
    const { photoId, placeId, ownerId } = photo;
    await this.#client.send(
      new PutCommand({
        TableName: this.#table,
        Item: {
          ...photoKeys.primary(photoId),
          GSI1PK: photoKeys.place(placeId),
          GSI2PK: photoKeys.owner(ownerId),
          GSI2SK: photoId,
          GSI3PK: photoKeys.unfinished(photoId),
          GSI3SK: dueAt,
          ...photo,
        },
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    );
  }

  listPublished(placeId: string, page: PageRequest): Promise<Page<PhotoItem>> {
    return this.#page({ index: indexes.listing, partition: photoKeys.place(placeId) }, page);
  }

  listOwned(ownerId: string, page: PageRequest): Promise<Page<PhotoItem>> {
    return this.#page({ index: indexes.directory, partition: photoKeys.owner(ownerId) }, page);
  }

  listAttention(status: AttentionStatus, page: PageRequest, placeId?: string): Promise<Page<PhotoItem>> {
    const filter = placeId && { expression: 'placeId = :placeId', values: { ':placeId': placeId } };
    return this.#page(
      { index: indexes.attention, partition: photoKeys.attention(status), ...(filter && { filter }) },
      page,
    );
  }

  async listDue(shard: number, now: string, limit: number): Promise<readonly string[]> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: indexes.unfinished,
        KeyConditionExpression: 'GSI3PK = :shard AND GSI3SK <= :now',
        ExpressionAttributeValues: { ':shard': photoKeys.unfinishedShard(shard), ':now': now },
        Limit: limit,
      }),
    );
    return Items.flatMap(({ PK, SK }) => photoKeys.parse({ PK, SK }) ?? []);
  }

  markUploaded(photoId: string, { workflow, size, etag, now, dueAt }: Handover): Promise<boolean> {
    return this.#move(photoId, {
      set: { status: 'UPLOADED', statusAt: now, workflow, size, etag, GSI3SK: dueAt },
      condition: '#status = :from',
      values: { ':from': 'AWAITING_UPLOAD' },
    });
  }

  markDeleted(photoId: string, { reason, now, expiresAt }: Deletion): Promise<boolean> {
    return this.#move(photoId, {
      set: { status: 'DELETED', statusAt: now, reason, expiresAt },
      remove: ['GSI1SK', 'GSI2SK', ...attention, 'renditions', 'caption', 'thumbHash'],
      condition: '#status = :from',
      values: { ':from': 'PUBLISHED' },
    });
  }

  markSentAgain(seen: Seen, { workflow, dueAt }: Pick<Handover, 'workflow' | 'dueAt'>): Promise<boolean> {
    return this.#moveSeen(seen, { workflow, attempts: seen.attempts + 1, GSI3SK: dueAt });
  }

  markRetried(
    seen: Seen,
    { workflow, now, dueAt }: Pick<Handover, 'workflow' | 'now' | 'dueAt'>,
  ): Promise<boolean> {
    const due = { GSI3PK: photoKeys.unfinished(seen.photoId), GSI3SK: dueAt };
    return this.#moveSeen(
      seen,
      { status: 'UPLOADED', statusAt: now, workflow, attempts: 0, ...due },
      ofFirstWay,
    );
  }

  markFailed(seen: Seen, ending: Ending): Promise<boolean> {
    return this.#end(seen, 'FAILED', ending);
  }

  markRejected(seen: Seen, ending: Ending): Promise<boolean> {
    return this.#end(seen, 'REJECTED', ending);
  }

  drop(seen: Seen): Promise<boolean> {
    return whenConditionHolds(
      this.#client.send(
        new DeleteCommand({
          TableName: this.#table,
          Key: photoKeys.primary(seen.photoId),
          ConditionExpression: unchanged,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: seenValues(seen),
        }),
      ),
    );
  }

  #end(seen: Seen, status: 'FAILED' | 'REJECTED', { reason, message, now }: Ending): Promise<boolean> {
    const GSI4 = { GSI4PK: photoKeys.attention(status), GSI4SK: photoKeys.since(now, seen.photoId) };
    return this.#moveSeen(seen, { status, statusAt: now, reason, message, ...GSI4 }, unfinished);
  }

  #page(query: Omit<PhotoQuery, 'table'>, page: PageRequest): Promise<Page<PhotoItem>> {
    return readPage(this.#client, { table: this.#table, ...query }, page);
  }

  #moveSeen(seen: Seen, set: Change['set'], remove: readonly string[] = []): Promise<boolean> {
    return this.#move(seen.photoId, { set, remove, condition: unchanged, values: seenValues(seen) });
  }

  #move(photoId: string, change: Change): Promise<boolean> {
    return whenConditionHolds(
      this.#client.send(new UpdateCommand(photoUpdate(this.#table, photoId, change))),
    );
  }
}
