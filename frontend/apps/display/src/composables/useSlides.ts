import type { ApiClient, Place, PublicPhoto } from '@happy-path/api-client';
import { useServices } from '@happy-path/app';
import { type ComputedRef, computed, shallowRef, watch } from 'vue';

export interface Slide {
  readonly photo: PublicPhoto;
  readonly placeName: string;
}

const EACH = 12_000;
/** How long photos are shown before newer ones are looked for. */
const KEPT = 10 * 60_000;
const RADIUS_METRES = 100_000;
const PLACES = 12;
const PHOTOS = { perPlace: 4, all: 24 };

/** The newest photos of parks and trails around the café, one after the other while `active`; nothing when there are none. */
export function useSlides(cafeId: string, active: () => boolean): ComputedRef<Slide | undefined> {
  const { api } = useServices();
  const slides = shallowRef<readonly Slide[]>([]);
  const index = shallowRef(0);
  let triedAt = Number.NEGATIVE_INFINITY;

  async function load(signal: AbortSignal): Promise<void> {
    triedAt = performance.now();
    try {
      const found = await newestAround(api, cafeId, signal);
      if (signal.aborted) return;
      slides.value = found;
      index.value = 0;
    } catch {
      // Pictures are an extra: those of before stay, and the next round tries again.
    }
  }

  watch(
    active,
    (isActive, _before, onCleanup) => {
      if (!isActive) return;
      const controller = new AbortController();
      const turn = () => {
        if (performance.now() - triedAt >= KEPT) void load(controller.signal);
        index.value = (index.value + 1) % Math.max(1, slides.value.length);
      };
      turn();
      const timer = setInterval(turn, EACH);
      onCleanup(() => {
        clearInterval(timer);
        controller.abort();
      });
    },
    { immediate: true },
  );

  return computed(() => slides.value[index.value]);
}

async function newestAround(api: ApiClient, cafeId: string, signal: AbortSignal): Promise<Slide[]> {
  const { location: near } = await api.getPlace(cafeId, { signal });
  const { items } = await api.listPlaces({ near, radius: RADIUS_METRES, limit: 100 }, { signal });
  const parks = items.filter(({ type }) => type === 'park' || type === 'trail').slice(0, PLACES);
  const slides: Slide[] = [];
  // One after the other: a screen that nobody waits for should not burst.
  for (const place of parks) slides.push(...(await slidesOf(api, place, signal)));
  return slides
    .sort((one, other) => other.photo.publishedAt.localeCompare(one.photo.publishedAt))
    .slice(0, PHOTOS.all);
}

async function slidesOf(api: ApiClient, place: Place, signal: AbortSignal): Promise<Slide[]> {
  const { items } = await api.listPlacePhotos(place.placeId, { limit: PHOTOS.perPlace }, { signal });
  return items.map((photo) => ({ photo, placeName: place.name }));
}
