import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventMetadata } from '#contracts/events/envelope.ts';
import { type EventName, eventRegistry } from '#contracts/events/index.ts';
import { TransientError } from '#platform/errors.ts';

/** An event before it is validated and sent; the schema's name is added here. */
export interface OutgoingEvent {
  readonly name: EventName;
  readonly metadata: Omit<EventMetadata, 'schema'>;
  readonly data: Record<string, unknown>;
}

/** Sends domain events; resolves only when the bus has taken all of them. */
export interface EventBus {
  publish(events: readonly OutgoingEvent[]): Promise<void>;
}

/** What PutEvents takes in one call. */
const entriesPerCall = 10;

/** The application bus on EventBridge; refuses an event that does not fit its schema before anything is sent. */
export class EventBridgeBus implements EventBus {
  readonly #client: EventBridgeClient;
  readonly #busName: string;

  constructor(client: EventBridgeClient, busName: string) {
    this.#client = client;
    this.#busName = busName;
  }

  async publish(events: readonly OutgoingEvent[]): Promise<void> {
    const entries = events.map((event) => this.#entry(event));
    for (let start = 0; start < entries.length; start += entriesPerCall) {
      const batch = entries.slice(start, start + entriesPerCall);
      const { FailedEntryCount = 0, Entries = [] } = await this.#client.send(
        new PutEventsCommand({ Entries: batch }),
      );
      if (FailedEntryCount > 0) {
        const codes = Entries.flatMap(({ ErrorCode }) => ErrorCode ?? []).join(', ');
        throw new TransientError(
          `Expected the bus to take ${batch.length} events, got ${FailedEntryCount} refused (${codes})`,
        );
      }
    }
  }

  #entry({ name, metadata, data }: OutgoingEvent) {
    const { source, detailType, detail } = eventRegistry[name];
    const parsed = detail.parse({ metadata: { schema: `${name}@1`, ...metadata }, data });
    return {
      EventBusName: this.#busName,
      Source: source,
      DetailType: detailType,
      Time: new Date(parsed.metadata.occurredAt),
      Detail: JSON.stringify(parsed),
    };
  }
}
