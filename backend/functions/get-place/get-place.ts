import type { Place } from '#contracts/api/places.ts';
import { NotFoundError } from '#platform/errors.ts';
import type { PlaceStore } from '../../stores/place-store.ts';
import { placeView } from '../../views.ts';

interface Dependencies {
  readonly places: Pick<PlaceStore, 'get'>;
}

/** Reads one place. */
export const getPlace =
  ({ places }: Dependencies) =>
  async ({ path: { placeId } }: { path: { placeId: string } }): Promise<Place> => {
    const place = await places.get(placeId);
    if (!place) throw new NotFoundError('Expected a place with this id, got none. It may have been removed.');
    return placeView(place);
  };
