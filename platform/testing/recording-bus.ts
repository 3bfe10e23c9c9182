import { type EventName, eventRegistry } from '#contracts/events/index.ts';
import type { EventBus, OutgoingEvent } from '#platform/event-bus.ts';

/** A bus that keeps what it is given and refuses, like the real one, what does not fit its schema. */
export class RecordingBus implements EventBus {
  readonly events: OutgoingEvent[] = [];

  async publish(events: readonly OutgoingEvent[]): Promise<void> {
    for (const { name, metadata, data } of events) {
      eventRegistry[name].detail.parse({ metadata: { schema: `${name}@1`, ...metadata }, data });
    }
    this.events.push(...events);
  }

  get names(): readonly EventName[] {
    return this.events.map(({ name }) => name);
  }
}
