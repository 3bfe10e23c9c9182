import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type PhotoItem, photoItem } from '#contracts/tables/items.ts';
import { indexes, photoKeys } from '#contracts/tables/keys.ts';
import { logger } from '#platform/logger.ts';
import type { Deletion, Handover, Page, PageRequest, PhotoStore, Seen } from './photo-store.ts';

/** An update's parts; every name is aliased, so that reserved words do not matter. */
interface Change {
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const notDue = ['GSI3PK', 'GSI3SK'] as const;
const unchanged = '#status = :status AND statusAt = :statusAt AND attempts = :attempts';

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

  async listPublished(placeId: string, { limit, after }: PageRequest): Promise<Page<PhotoItem>> {
    const photoId = after && photoKeys.parsePosition(after);
    return this.#page(
      indexes.listing,
      { GSI1PK: photoKeys.place(placeId) },
      limit,
      photoId && { ...photoKeys.primary(photoId), GSI1SK: after },
    );
  }

  async listOwned(ownerId: string, { limit, after }: PageRequest): Promise<Page<PhotoItem>> {
    return this.#page(
      indexes.directory,
      { GSI2PK: photoKeys.owner(ownerId) },
      limit,
      after && { ...photoKeys.primary(after), GSI2SK: after },
    );
  }

  async markUploaded(photoId: string, { workflow, size, etag, now, dueAt }: Handover): Promise<boolean> {
    return this.#move(photoId, {
      set: { status: 'UPLOADED', statusAt: now, workflow, size, etag, GSI3SK: dueAt },
      condition: '#status = :from',
      values: { ':from': 'AWAITING_UPLOAD' },
    });
  }

  async markDeleted(photoId: string, { reason, now, expiresAt }: Deletion): Promise<boolean> {
    return this.#move(photoId, {
      set: { status: 'DELETED', statusAt: now, reason, expiresAt },
      remove: ['GSI1SK', 'GSI2SK', 'renditions', 'caption', 'thumbHash'],
      condition: '#status = :from',
      values: { ':from': 'PUBLISHED' },
    });
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

  async markSentAgain(
    seen: Seen,
    { workflow, dueAt }: Pick<Handover, 'workflow' | 'dueAt'>,
  ): Promise<boolean> {
    return this.#move(seen.photoId, {
      set: { workflow, attempts: seen.attempts + 1, GSI3SK: dueAt },
      condition: unchanged,
      values: seenValues(seen),
    });
  }

  async markFailed(
    seen: Seen,
    { reason, message, now }: { reason: string; message: string; now: string },
  ): Promise<boolean> {
    return this.#move(seen.photoId, {
      set: { status: 'FAILED', statusAt: now, reason, message },
      remove: [...notDue, 'leaseExpiresAt'],
      condition: unchanged,
      values: seenValues(seen),
    });
  }

  async drop(seen: Seen): Promise<boolean> {
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

  async #page(
    index: 'GSI1' | 'GSI2',
    partition: Record<string, string>,
    limit: number,
    start: Record<string, unknown> | '' | undefined,
  ): Promise<Page<PhotoItem>> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: index,
        KeyConditionExpression: `${index}PK = :partition`,
        ExpressionAttributeValues: { ':partition': partition[`${index}PK`] },
        ExclusiveStartKey: start ? { ...partition, ...start } : undefined,
        ScanIndexForward: false,
        // One more than asked for tells whether there is a next page.
        Limit: limit + 1,
      }),
    );
    const page = Items.slice(0, limit);
    const last: unknown = page.at(-1)?.[`${index}SK`];
    const more = Items.length > limit && typeof last === 'string';
    return { items: page.flatMap(readable), ...(more && { last }) };
  }

  #move(photoId: string, { set, remove = [], condition, values }: Change): Promise<boolean> {
    const names = Object.keys(set);
    const sets = names.map((name) => `#${name} = :set_${name}`).join(', ');
    return whenConditionHolds(
      this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: photoKeys.primary(photoId),
          UpdateExpression: `SET ${sets}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
          ConditionExpression: condition,
          // Every condition names the status, also of a move that leaves it as it is.
          ExpressionAttributeNames: {
            '#status': 'status',
            ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
          },
          ExpressionAttributeValues: {
            ...values,
            ...Object.fromEntries(names.map((name) => [`:set_${name}`, set[name]])),
          },
        }),
      ),
    );
  }
}

/** One item that some workflow wrote wrong must not hide the others of its list. */
function readable(item: Record<string, unknown>): readonly PhotoItem[] {
  const parsed = photoItem.safeParse(item);
  if (parsed.success) return [parsed.data];
  logger.error('Photo item left out of a list', { PK: item.PK, error: parsed.error });
  return [];
}

const seenValues = ({ status, statusAt, attempts }: Seen) => ({
  ':status': status,
  ':statusAt': statusAt,
  ':attempts': attempts,
});

async function whenConditionHolds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
