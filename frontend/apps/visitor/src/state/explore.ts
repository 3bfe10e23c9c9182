import type { Location, Place, PlaceType } from '@happy-path/api-client';
import { computed, type InjectionKey, inject, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useLocation, usePlaces } from '../composables/index.ts';

/** So many places stand on the map at most; beyond, search finds them. */
const mostOnMap = 500;

/** What the map and the views share: what is searched for, what is selected and where the map looks. */
export type Explore = ReturnType<typeof createExplore>;

export const exploreKey: InjectionKey<Explore> = Symbol('explore');

/** Makes the shared state of map and list; the address keeps search, kind and selection, so that Back and links work. */
export function createExplore() {
  const route = useRoute();
  const router = useRouter();
  const { location, state: locationState, locate } = useLocation();
  const search = ref(String(route.query.q ?? ''));
  const type = ref<PlaceType>();
  const list = usePlaces({ near: location, search, type });
  const all = usePlaces({ type, from: location });
  const opened = shallowRef<Place>();
  const focus = shallowRef<{ location: Location; zoom?: number }>();

  const selectedId = computed(() => {
    const id = route.params.placeId ?? route.query.place;
    return typeof id === 'string' ? id : undefined;
  });
  const onMap = computed(() =>
    unique([...all.items.value, ...list.items.value, ...(opened.value ? [opened.value] : [])]),
  );
  const selected = computed(() => onMap.value.find(({ placeId }) => placeId === selectedId.value));

  watch(all.items, (items) => items.length < mostOnMap && !all.end.value && void all.loadMore());
  watch(search, (q) => {
    const query = { ...route.query, place: undefined, q: q || undefined };
    void (route.name === 'home'
      ? router.replace({ query })
      : q && router.push({ name: 'home', query: { q } }));
  });

  return {
    search,
    type,
    list,
    location,
    locationState,
    onMap,
    selectedId,
    selected,
    focus,
    /** A view has read a place that need not be on the list. */
    open(place: Place) {
      opened.value = place;
    },
    look(target: Location, zoom?: number) {
      focus.value = zoom === undefined ? { location: target } : { location: target, zoom };
    },
    async locate() {
      const here = await locate();
      if (here) focus.value = { location: here, zoom: 7 };
      return here;
    },
    /** Shows a place's card on the map, or takes it away. */
    select(placeId: string | undefined) {
      const query = { ...route.query, place: placeId };
      if (route.name === 'home') void router.replace({ query });
      else if (placeId) void router.push({ name: 'place', params: { placeId } });
    },
  };
}

/** The shared state of map and list, inside a component's setup. */
export function useExplore(): Explore {
  const explore = inject(exploreKey);
  if (!explore) throw new Error('Expected App to provide the explore state, got none');
  return explore;
}

function unique(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [place.placeId, place])).values()];
}
