import type { Location, Place, PlacesQuery, PlaceType } from '@happy-path/api-client';
import { OfflineError } from '@happy-path/api-client';
import { type Page, type PagedList, usePagedList, useServices } from '@happy-path/app';
import { computed, type MaybeRefOrGetter, onScopeDispose, type Ref, ref, toValue, watch } from 'vue';
import { distanceBetween } from './distance.ts';
import { createLastPlaces } from './last-places.ts';

export interface UsePlacesOptions {
  /** Lists what is near this point; nothing lists all places. */
  near?: MaybeRefOrGetter<Location | undefined>;
  /** Metres around `near`. @default 300 km, and everything when that has no place */
  radius?: MaybeRefOrGetter<number | undefined>;
  /** Lists the places whose name begins so, wherever they are. */
  search?: MaybeRefOrGetter<string>;
  type?: MaybeRefOrGetter<PlaceType | undefined>;
  /** Where distances are measured from. @default near */
  from?: MaybeRefOrGetter<Location | undefined>;
}

export interface UsePlaces extends PagedList<Place> {
  /** What the list is: places near, all of them (nothing is near, or nobody knows where near is), or found by name. */
  readonly scope: Readonly<Ref<'near' | 'all' | 'search'>>;
  /** No reception: these are the places seen last. */
  readonly stale: Readonly<Ref<boolean>>;
}

const PAGE = 100;
const RADIUS = 300_000;
const TYPING_MILLISECONDS = 250;

/** Places near, by name or all, nearest first, with their distance; without reception the ones seen last. */
export function usePlaces(options: UsePlacesOptions = {}): UsePlaces {
  const { api, network } = useServices();
  const lastPlaces = createLastPlaces();
  const search = useSettled(() => toValue(options.search)?.trim() ?? '');
  const scope = ref<UsePlaces['scope']['value']>('all');
  const stale = ref(false);
  const type = () => toValue(options.type);
  const near = computed(() => rounded(toValue(options.near)));

  async function read(cursor: string | undefined, signal: AbortSignal): Promise<Page<Place>> {
    try {
      const page = await readScope(cursor, signal);
      lastPlaces.remember(page.items);
      stale.value = false;
      return page;
    } catch (error) {
      const kept = error instanceof OfflineError && cursor === undefined ? lastPlaces.all() : [];
      if (kept.length === 0) throw error;
      stale.value = true;
      return { items: kept.filter(matches(search.value, type())) };
    }
  }

  async function readScope(cursor: string | undefined, signal: AbortSignal): Promise<Page<Place>> {
    const ask = (query: PlacesQuery) =>
      api.listPlaces({ ...query, type: type(), limit: PAGE, cursor }, { signal });
    if (search.value !== '') {
      scope.value = 'search';
      return ask({ q: search.value });
    }
    if (near.value && (cursor === undefined || scope.value === 'near')) {
      const page = await ask({ near: near.value, radius: toValue(options.radius) ?? RADIUS });
      scope.value = 'near';
      if (page.items.length > 0 || cursor !== undefined) return page;
    }
    scope.value = 'all';
    return ask({});
  }

  const {
    edit: _edit,
    reread: _reread,
    ...list
  } = usePagedList<Place>({
    source: () => [search.value, near.value?.lat, near.value?.lng, toValue(options.radius), type()].join(),
    read,
    keyOf: (place) => place.placeId,
  });
  onScopeDispose(network.onBack(() => stale.value && void list.refresh()));
  const items = computed(() => {
    const from = toValue(options.from) ?? toValue(options.near);
    return from ? nearestFirst(list.items.value, from) : list.items.value;
  });
  return { ...list, items, scope, stale };
}

function nearestFirst(places: readonly Place[], from: Location): Place[] {
  return places
    .map((place) => ({ ...place, distance: distanceBetween(from, place.location) }))
    .sort((a, b) => a.distance - b.distance);
}

/**
 * A kilometre or so is near enough for a list, it lets caches answer for everybody around, and tells the server no
 * more than it needs.
 */
function rounded(point: Location | undefined): Location | undefined {
  const round = (degrees: number) => Math.round(degrees * 100) / 100;
  return point && { lat: round(point.lat), lng: round(point.lng) };
}

function matches(search: string, type: PlaceType | undefined) {
  const start = search.toLocaleLowerCase();
  return (place: Place) =>
    (type === undefined || place.type === type) && place.name.toLocaleLowerCase().startsWith(start);
}

/** The value once it has not changed for a moment; an emptied search counts at once. */
function useSettled(source: () => string): Readonly<Ref<string>> {
  const settled = ref(source());
  watch(source, (value, _before, onCleanup) => {
    const timer = setTimeout(() => (settled.value = value), value === '' ? 0 : TYPING_MILLISECONDS);
    onCleanup(() => clearTimeout(timer));
  });
  return settled;
}
