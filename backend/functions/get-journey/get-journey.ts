import type { Journey } from '#contracts/api/journeys.ts';
import { NotFoundError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { isOwnerOrStaff } from '../../views.ts';

interface Dependencies {
  readonly journeys: Pick<JourneyStore, 'list'>;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly journeyId: string };
  readonly caller: Caller | undefined;
}

/** Reads everything that happened to one photo or order, for its owner and the staff. */
export const getJourney =
  ({ journeys, now }: Dependencies) =>
  async ({ path: { journeyId }, caller }: Request): Promise<Journey> => {
    const events = await journeys.list(journeyId, Math.floor(now().getTime() / 1000));
    const ownerId = events.find((event) => event.ownerId !== undefined)?.ownerId;
    if (events.length === 0 || !isOwnerOrStaff(caller, ownerId)) {
      throw new NotFoundError('Expected a journey that you may see, got none with this id.');
    }
    return {
      journeyId,
      events: events.map(({ eventId, type, source, occurredAt, data }) => ({
        eventId,
        type,
        source,
        time: occurredAt,
        data,
      })),
    };
  };
