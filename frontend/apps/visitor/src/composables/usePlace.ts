import type { Location, Place } from '@happy-path/api-client';
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue';
import { useServices } from '../services.ts';
import { distanceBetween } from './distance.ts';
import type { Loadable } from './types.ts';
import { useLoad } from './useLoad.ts';

export interface UsePlace extends Loadable {
  /** `distance` in metres from `from`, when that is known. */
  readonly place: Readonly<Ref<Place | undefined>>;
}

/** One place, with its distance from where the visitor is. */
export function usePlace(
  placeId: MaybeRefOrGetter<string>,
  from?: MaybeRefOrGetter<Location | undefined>,
): UsePlace {
  const { api } = useServices();
  const { value, state, error, refresh } = useLoad(
    () => toValue(placeId),
    (signal) => api.getPlace(toValue(placeId), { signal }),
  );
  const place = computed(() => {
    const here = toValue(from);
    return value.value && here
      ? { ...value.value, distance: distanceBetween(here, value.value.location) }
      : value.value;
  });
  return { place, state, error, refresh };
}
