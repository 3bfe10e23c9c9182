import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type CafeItem, cafeItem } from '#contracts/tables/order-items.ts';
import { cafeKeys, orderIndexes } from '#contracts/tables/order-keys.ts';
import { whenConditionHolds } from '#platform/conditional-write.ts';

/** The cafés that take orders. */
export interface CafeStore {
  get(cafeId: string): Promise<CafeItem | undefined>;
  /** All of them by name. */
  list(): Promise<readonly CafeItem[]>;
  /** How many orders the café works on just now. */
  running(cafeId: string): Promise<number>;
  /** Puts a café in the place of the one a revision before it, 1 for a new one; answers false when that one no longer stands. */
  replace(cafe: CafeItem): Promise<boolean>;
}

/** Cafés in DynamoDB, read consistently, so that closing one holds from the next guest on. */
export class DynamoDbCafeStore implements CafeStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(cafeId: string): Promise<CafeItem | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: cafeKeys.primary(cafeId), ConsistentRead: true }),
    );
    return Item && cafeItem.parse(Item);
  }

  async list(): Promise<readonly CafeItem[]> {
    // A park has some ten cafés; one page of 1 MB holds them.
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: orderIndexes.guest,
        KeyConditionExpression: 'GSI1PK = :cafes',
        ExpressionAttributeValues: { ':cafes': cafeKeys.list },
      }),
    );
    return Items.map((item) => cafeItem.parse(item));
  }

  async running(cafeId: string): Promise<number> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: cafeKeys.capacity(cafeId) }),
    );
    return Item?.running instanceof Set ? Item.running.size : 0;
  }

  replace(cafe: CafeItem): Promise<boolean> {
    const { cafeId, name, revision } = cafe;
    const isNew = revision === 1;
    const write = new PutCommand({
      TableName: this.#table,
      Item: {
        ...cafeKeys.primary(cafeId),
        GSI1PK: cafeKeys.list,
        GSI1SK: cafeKeys.named(name, cafeId),
        ...cafe,
      },
      ConditionExpression: isNew ? 'attribute_not_exists(PK)' : 'revision = :before',
      ...(!isNew && { ExpressionAttributeValues: { ':before': revision - 1 } }),
    });
    return whenConditionHolds(this.#client.send(write));
  }
}
