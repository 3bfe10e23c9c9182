import type { PlaceType } from '#contracts/places.ts';
import type { PlaceItem } from '#contracts/tables/items.ts';
import { placeKeys, sortableName } from '#contracts/tables/keys.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import type { Box, PlaceStore } from '../stores/place-store.ts';

const named = (place: PlaceItem) => placeKeys.named(place.name, place.placeId);

/** The places in a map. */
export class MemoryPlaceStore implements PlaceStore {
  readonly places = new Map<string, PlaceItem>();

  constructor(...places: readonly PlaceItem[]) {
    for (const place of places) this.places.set(place.placeId, place);
  }

  async get(placeId: string): Promise<PlaceItem | undefined> {
    return this.places.get(placeId);
  }

  async create(place: PlaceItem): Promise<boolean> {
    if (this.places.has(place.placeId)) return false;
    this.places.set(place.placeId, place);
    return true;
  }

  async within({ south, west, north, east }: Box, limit: number): Promise<readonly PlaceItem[]> {
    const inside = ({ location: { lat, lng } }: PlaceItem) =>
      lat >= south &&
      lat <= north &&
      (west <= east ? lng >= west && lng <= east : lng >= west || lng <= east);
    return [...this.places.values()].filter(inside).slice(0, limit);
  }

  async directory(
    types: readonly PlaceType[],
    { limit, after = '' }: PageRequest,
    prefix = '',
  ): Promise<Page<PlaceItem>> {
    const behind = [...this.places.values()]
      .filter((place) => types.includes(place.type) && named(place).startsWith(sortableName(prefix)))
      .filter((place) => named(place) > after)
      .sort((a, b) => (named(a) < named(b) ? -1 : 1));
    const items = behind.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(behind.length > limit && last && { last: named(last) }) };
  }
}
