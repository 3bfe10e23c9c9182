import type { Place } from '@happy-path/api-client';

const KEY = 'happy-path:last-places';
const MOST = 300;

/** The places seen last, kept on the phone for the way where there is no reception. */
export interface LastPlaces {
  remember(places: readonly Place[]): void;
  all(): Place[];
  get(placeId: string): Place | undefined;
}

export function createLastPlaces(storage: Storage = localStorage): LastPlaces {
  function all(): Place[] {
    try {
      const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }

  return {
    all,
    get: (placeId) => all().find((place) => place.placeId === placeId),
    remember(places) {
      const byId = new Map(places.map((place) => [place.placeId, withoutDistance(place)]));
      const older = all().filter((place) => !byId.has(place.placeId));
      try {
        storage.setItem(KEY, JSON.stringify([...byId.values(), ...older].slice(0, MOST)));
      } catch {
        // A full or forbidden storage costs the visitor the list without reception, nothing more.
      }
    },
  };
}

/** The distance was true where it was asked from. */
function withoutDistance({ distance: _, ...place }: Place): Place {
  return place;
}
