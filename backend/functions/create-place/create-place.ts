import type { CreatePlaceRequest, Place } from '#contracts/api/places.ts';
import { ConflictError } from '#platform/errors.ts';
import type { PlaceStore } from '../../stores/place-store.ts';
import { placeView } from '../../views.ts';

interface Dependencies {
  readonly places: Pick<PlaceStore, 'create'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Puts a place on the map. */
export const createPlace =
  ({ places, newId, now }: Dependencies) =>
  async ({ body }: { body: CreatePlaceRequest }): Promise<Place> => {
    const place = { entity: 'place' as const, placeId: newId(), createdAt: now().toISOString(), ...body };
    if (!(await places.create(place)))
      throw new ConflictError('Expected a new id, got one that is taken. Try again.');
    return placeView(place);
  };
