import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Routing, routingItem } from '#contracts/tables/items.ts';
import { routingKey } from '#contracts/tables/keys.ts';
import { whenConditionHolds } from '#platform/conditional-write.ts';

/** Which workflow version photos go to. */
export interface RoutingStore {
  get(): Promise<Routing>;
  /** Puts a decision in the place of the one a revision before it; answers false when that one no longer stands. */
  replace(routing: Routing): Promise<boolean>;
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

  replace(routing: Routing): Promise<boolean> {
    const before = routing.revision - 1;
    const write = new PutCommand({
      TableName: this.#table,
      Item: { ...routingKey, ...routing },
      // Nobody has decided yet: there is no item, or one without a revision.
      ConditionExpression:
        before === 0 ? 'attribute_not_exists(revision) OR revision = :before' : 'revision = :before',
      ExpressionAttributeValues: { ':before': before },
    });
    return whenConditionHolds(this.#client.send(write));
  }
}
