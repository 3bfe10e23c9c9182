import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type JourneyItem, journeyItem } from '#contracts/tables/items.ts';
import { journeyKeys } from '#contracts/tables/keys.ts';
import { logger } from '#platform/logger.ts';

/** What happened to a photo or an order, event by event. */
export interface JourneyStore {
  /** Keeps one event; a repeated one overwrites itself. */
  record(event: JourneyItem): Promise<void>;
  /** The journey's events that have not expired, oldest first and the latest writes among them; may be empty. */
  list(journeyId: string, nowSeconds: number): Promise<readonly JourneyItem[]>;
}

/** Journeys in DynamoDB. */
export class DynamoDbJourneyStore implements JourneyStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async record(event: JourneyItem): Promise<void> {
    const key = journeyKeys.primary(event.journeyId, event.occurredAt, event.type);
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: { ...key, ...event } }));
  }

  async list(journeyId: string, nowSeconds: number): Promise<readonly JourneyItem[]> {
    // A journey has some ten events and at most a few hundred; one page of 1 MB holds them.
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        // Of two recorders at work at once, one at least must see what both have written.
        ConsistentRead: true,
        KeyConditionExpression: 'PK = :journey',
        ExpressionAttributeValues: { ':journey': journeyKeys.partition(journeyId) },
      }),
    );
    // The table's TTL removes expired items up to days late.
    return Items.flatMap(readable).filter(({ expiresAt }) => expiresAt > nowSeconds);
  }
}

/** One event that some stack wrote wrong must not hide the others. */
function readable(item: Record<string, unknown>): readonly JourneyItem[] {
  const parsed = journeyItem.safeParse(item);
  if (parsed.success) return [parsed.data];
  logger.error('Journey item left out', { PK: item.PK, SK: item.SK, error: parsed.error });
  return [];
}
