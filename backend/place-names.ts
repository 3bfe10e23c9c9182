import type { PlaceStore } from './stores/place-store.ts';

/** The names of the places of a list, each read once; a place that is gone has none. */
export async function placeNames(
  places: Pick<PlaceStore, 'get'>,
  of: readonly { readonly placeId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(of.map(({ placeId }) => placeId))];
  const found = await Promise.all(ids.map((placeId) => places.get(placeId)));
  return new Map(found.flatMap((place) => (place ? [[place.placeId, place.name]] : [])));
}
