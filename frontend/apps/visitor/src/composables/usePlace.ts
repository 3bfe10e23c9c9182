import { type Location, OfflineError, type Place } from '@happy-path/api-client';
import { type Loadable, useLoad, useServices } from '@happy-path/app';
import { computed, type MaybeRefOrGetter, onScopeDispose, type Ref, toValue } from 'vue';
import { distanceBetween } from './distance.ts';
import { createLastPlaces } from './last-places.ts';

export interface UsePlace extends Loadable {
  /** `distance` in metres from `from`, when that is known. */
  readonly place: Readonly<Ref<Place | undefined>>;
}

/** One place, with its distance from where the visitor is; without reception as it was seen last. */
export function usePlace(
  placeId: MaybeRefOrGetter<string>,
  from?: MaybeRefOrGetter<Location | undefined>,
): UsePlace {
  const { api, network } = useServices();
  const lastPlaces = createLastPlaces();
  let stale = false;

  async function read(signal: AbortSignal): Promise<Place> {
    const id = toValue(placeId);
    try {
      const place = await api.getPlace(id, { signal });
      lastPlaces.remember([place]);
      stale = false;
      return place;
    } catch (error) {
      const kept = error instanceof OfflineError ? lastPlaces.get(id) : undefined;
      if (!kept) throw error;
      stale = true;
      return kept;
    }
  }

  const { value, state, error, refresh } = useLoad(() => toValue(placeId), read);
  onScopeDispose(network.onBack(() => stale && void refresh()));
  const place = computed(() => {
    const here = toValue(from);
    return value.value && here
      ? { ...value.value, distance: distanceBetween(here, value.value.location) }
      : value.value;
  });
  return { place, state, error, refresh };
}
