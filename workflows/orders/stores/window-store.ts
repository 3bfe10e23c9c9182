import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type WindowItem, windowItem } from '#contracts/tables/order-items.ts';
import { cafeKeys } from '#contracts/tables/order-keys.ts';
import { whenConditionHolds } from '#platform/conditional-write.ts';

/** A guest's grasp at one token of a window; times in seconds since 1970. */
export interface Grasp {
  readonly cafeId: string;
  readonly startsAt: number;
  readonly code: string;
  readonly userId: string;
  readonly scanId: string;
  /** The order that will come of it. */
  readonly orderId: string;
  readonly now: number;
  /** The guest's order of this window that is over; without it, a guest who was admitted is not admitted again. */
  readonly after?: string | undefined;
}

/** Whether a token was taken; if not, the window as it stood at that moment, or none. */
export type Grasped = { readonly taken: true } | { readonly taken: false; readonly window?: WindowItem };

/** The token windows of cafés. */
export interface WindowStore {
  get(cafeId: string, startsAt: number): Promise<WindowItem | undefined>;
  /** Makes a window unless there is one, and answers the one that stands. */
  open(window: WindowItem): Promise<WindowItem>;
  /** Takes a token in one conditional write, so that no more guests are admitted than there are tokens. */
  take(grasp: Grasp): Promise<Grasped>;
}

/** Token windows in DynamoDB. */
export class DynamoDbWindowStore implements WindowStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(cafeId: string, startsAt: number): Promise<WindowItem | undefined> {
    const Key = cafeKeys.window(cafeId, startsAt);
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key, ConsistentRead: true }),
    );
    return Item && windowItem.parse(Item);
  }

  async open(window: WindowItem): Promise<WindowItem> {
    const { cafeId, startsAt } = window;
    const standing = await this.get(cafeId, startsAt);
    if (standing) return standing;
    const made = await whenConditionHolds(
      this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...cafeKeys.window(cafeId, startsAt), ...window },
          ConditionExpression: 'attribute_not_exists(PK)',
        }),
      ),
    );
    // Two displays asked at once: the first one's code is the one that both show.
    return made ? window : ((await this.get(cafeId, startsAt)) ?? window);
  }

  async take({ cafeId, startsAt, code, userId, scanId, orderId, now, after }: Grasp): Promise<Grasped> {
    const again = after === undefined ? '' : ' OR admitted.#user.orderId = :after';
    const write = new UpdateCommand({
      TableName: this.#table,
      Key: cafeKeys.window(cafeId, startsAt),
      UpdateExpression: 'SET tokensLeft = tokensLeft - :one, admitted.#user = :admission',
      ConditionExpression:
        'code = :code AND startsAt <= :now AND endsAt > :now AND tokensLeft >= :one ' +
        `AND (attribute_not_exists(admitted.#user)${again})`,
      ExpressionAttributeNames: { '#user': userId },
      ExpressionAttributeValues: {
        ':one': 1,
        ':code': code,
        ':now': now,
        ':admission': { scanId, orderId },
        ...(after !== undefined && { ':after': after }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await this.#client.send(write);
      return { taken: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { taken: false, ...(error.Item && { window: windowItem.parse(unmarshall(error.Item)) }) };
    }
  }
}
