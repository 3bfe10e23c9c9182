import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import type { OrderStatus } from '#contracts/orders.ts';
import {
  type OrderItem,
  orderItem,
  type StampItem,
  slotItem,
  stampItem,
} from '#contracts/tables/order-items.ts';
import { orderIndexes, orderKeys } from '#contracts/tables/order-keys.ts';
import { logger } from '#platform/logger.ts';
import type { Page, PageRequest } from '#platform/paging.ts';

/** An order that somebody should have finished by `dueAt`. */
export interface DueOrder {
  readonly orderId: string;
  readonly dueAt: string;
}

/** Reads orders; the order manager and the order processor write them. */
export interface OrderStore {
  get(orderId: string): Promise<OrderItem | undefined>;
  /** The order that holds the guest's one place at the café. */
  activeOrderId(userId: string, cafeId: string): Promise<string | undefined>;
  /** A guest's orders, newest first. */
  listOwned(userId: string, page: PageRequest): Promise<Page<OrderItem>>;
  /** A café's orders of one status, oldest first; `since` leaves out those that reached it earlier. */
  listQueue(cafeId: string, status: OrderStatus, page: PageRequest, since?: string): Promise<Page<OrderItem>>;
  /** The orders of one shard whose time has come, oldest first. */
  listDue(shard: number, now: string, limit: number): Promise<readonly DueOrder[]>;
  /** A guest's stamps, those of the newest orders first. */
  listStamps(userId: string, limit: number): Promise<readonly StampItem[]>;
}

/** Orders in DynamoDB; keys come from `#contracts/tables`. */
export class DynamoDbOrderStore implements OrderStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(orderId: string): Promise<OrderItem | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: orderKeys.primary(orderId), ConsistentRead: true }),
    );
    return Item && orderItem.parse(Item);
  }

  async activeOrderId(userId: string, cafeId: string): Promise<string | undefined> {
    const Key = orderKeys.slot(userId, cafeId);
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key, ConsistentRead: true }),
    );
    return Item && slotItem.parse(Item).orderId;
  }

  listOwned(userId: string, page: PageRequest): Promise<Page<OrderItem>> {
    const after = page.after && { ...orderKeys.primary(page.after), GSI1SK: page.after };
    return this.#page(orderIndexes.guest, orderKeys.guest(userId), page.limit, { after });
  }

  listQueue(
    cafeId: string,
    status: OrderStatus,
    page: PageRequest,
    since?: string,
  ): Promise<Page<OrderItem>> {
    const after = page.after && { ...orderKeys.primary(page.after.slice(-26)), GSI2SK: page.after };
    const partition = orderKeys.queue(cafeId, status);
    return this.#page(orderIndexes.queue, partition, page.limit, { after, since, oldestFirst: true });
  }

  async listDue(shard: number, now: string, limit: number): Promise<readonly DueOrder[]> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: orderIndexes.unfinished,
        KeyConditionExpression: 'GSI3PK = :shard AND GSI3SK < :now',
        ExpressionAttributeValues: { ':shard': orderKeys.unfinishedShard(shard), ':now': now },
        Limit: limit,
      }),
    );
    return Items.flatMap(({ PK, GSI3SK }) => {
      // The index holds keys only.
      const orderId = /^ORDER#([0-9A-Z]{26})$/.exec(String(PK))?.[1];
      return orderId ? [{ orderId, dueAt: String(GSI3SK) }] : [];
    });
  }

  async listStamps(userId: string, limit: number): Promise<readonly StampItem[]> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'PK = :guest AND begins_with(SK, :stamps)',
        ExpressionAttributeValues: { ':guest': orderKeys.guest(userId), ':stamps': orderKeys.stamps },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items.map((item) => stampItem.parse(item));
  }

  async #page(
    index: 'GSI1' | 'GSI2',
    partition: string,
    limit: number,
    { after, since, oldestFirst = false }: Way,
  ): Promise<Page<OrderItem>> {
    const found: QueryCommandOutput = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: index,
        KeyConditionExpression: `${index}PK = :partition${since ? ` AND ${index}SK >= :since` : ''}`,
        ExpressionAttributeValues: { ':partition': partition, ...(since && { ':since': since }) },
        ExclusiveStartKey: after ? { ...after, [`${index}PK`]: partition } : undefined,
        ScanIndexForward: oldestFirst,
        // One more than asked for tells whether there is a next page.
        Limit: limit + 1,
      }),
    );
    const all = found.Items ?? [];
    const items = all.slice(0, limit);
    // A page ends at 1 MB, too.
    const last: unknown = (all.length > limit ? items.at(-1) : found.LastEvaluatedKey)?.[`${index}SK`];
    return { items: items.flatMap(readable), ...(typeof last === 'string' && { last }) };
  }
}

interface Way {
  readonly after?: Readonly<Record<string, string>> | '' | undefined;
  readonly since?: string | undefined;
  readonly oldestFirst?: boolean;
}

/** One order that was written wrong must not hide the others of its list. */
function readable(item: Record<string, unknown>): readonly OrderItem[] {
  const parsed = orderItem.safeParse(item);
  if (parsed.success) return [parsed.data];
  logger.error('Order left out of a list', { PK: item.PK, error: parsed.error });
  return [];
}
