import type { BusEvent } from '#contracts/events/envelope.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';

interface Dependencies {
  readonly journeys: Pick<JourneyStore, 'record'>;
  readonly keepDays: number;
}

/** Keeps an event as a step of its journey. It reads the metadata only, so any stack's events will do. */
export const recordJourney =
  ({ journeys, keepDays }: Dependencies) =>
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
      data,
      expiresAt: Math.floor(Date.parse(metadata.occurredAt) / 1000) + keepDays * 86_400,
    });
  };
