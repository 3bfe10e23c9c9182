import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Routing, routingItem } from '#contracts/tables/items.ts';
import { routingKey } from '#contracts/tables/keys.ts';

/** Which workflow version photos go to. */
export interface RoutingStore {
  get(): Promise<Routing>;
}

/** Until somebody has decided otherwise. */
const defaultRouting: Routing = { active: 'v1', revision: 0 };

/** The routing item in DynamoDB; read consistently, so that a swap holds from the next photo on. */
export class DynamoDbRoutingStore implements RoutingStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(): Promise<Routing> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: routingKey, ConsistentRead: true }),
    );
    return Item ? routingItem.parse(Item) : defaultRouting;
  }
}
