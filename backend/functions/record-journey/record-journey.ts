import type { BusEvent } from '#contracts/events/envelope.ts';
import type { JourneyItem } from '#contracts/tables/items.ts';
import { topics } from '#contracts/topics.ts';
import type { EventBus, OutgoingEvent } from '#platform/event-bus.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';

interface Dependencies {
  readonly journeys: JourneyStore;
  readonly bus: EventBus;
  readonly keepDays: number;
}

/**
 * Keeps an event as a step of its journey. It reads the metadata only, so any stack's events will do.
 *
 * Events come late, twice and in any order, so whoever stores the one that was missing says that the journey is whole.
 * Two may say so, when both see the whole at once or an event comes again: their announcements are the same journey
 * item. None may fail to: an event whose announcement was not sent goes back to its queue, stored as it is.
 */
export const recordJourney =
  ({ journeys, bus, keepDays }: Dependencies) =>
  async (event: BusEvent): Promise<void> => {
    const { metadata, data } = event.detail;
    await journeys.record({
      entity: 'journey',
      journeyId: metadata.journeyId,
      ownerId: metadata.ownerId,
      eventId: event.id,
      type: event['detail-type'],
      source: event.source,
      occurredAt: metadata.occurredAt,
      step: metadata.step,
      data,
      expiresAt: Math.floor(Date.parse(metadata.occurredAt) / 1000) + keepDays * 86_400,
    });
    // The announcement itself has no step, so it asks for no other one.
    if (!metadata.step) return;
    const end = announcement(metadata.journeyId, await journeys.list(metadata.journeyId, 0));
    if (end) await bus.publish([end]);
  };

/** Says that the journey is whole; undefined while its last event or one before it is missing. */
function announcement(journeyId: string, items: readonly JourneyItem[]): OutgoingEvent | undefined {
  const events = items.find(({ step }) => step?.isLast)?.step?.number;
  if (events === undefined) return undefined;
  const numbered = items.filter(({ step }) => step !== undefined && step.number <= events);
  if (new Set(numbered.map(({ step }) => step?.number)).size < events) return undefined;
  const ownerId = numbered.find((item) => item.ownerId !== undefined)?.ownerId;
  // The same at every try, and behind every event of the journey, whoever's clock was ahead.
  const latest = Math.max(...numbered.map(({ occurredAt }) => Date.parse(occurredAt)));
  const occurredAt = new Date(latest + 1).toISOString();
  return {
    name: 'AllEventsStored',
    metadata: { journeyId, occurredAt, ...(ownerId && { ownerId, notify: [topics.user(ownerId)] }) },
    data: { journeyId, events },
  };
}
