import type { Location, PlaceType } from '#contracts/places.ts';
import type { PlaceItem } from '#contracts/tables/items.ts';
import type { Page, PageRequest } from '#platform/paging.ts';

/** A box of degrees; `west` is larger than `east` where it crosses the date line. */
export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/** The places of the application table. */
export interface PlaceStore {
  get(placeId: string): Promise<PlaceItem | undefined>;
  /** Answers false when the id is taken. */
  create(place: PlaceItem): Promise<boolean>;
  /** Places in and a little around a box, unsorted, at most `limit` of each of its cells. */
  within(box: Box, limit: number): Promise<readonly PlaceItem[]>;
  /** Places by name, all types together or one, optionally those that start with `prefix`. */
  directory(types: readonly PlaceType[], page: PageRequest, prefix?: string): Promise<Page<PlaceItem>>;
}

const earthRadius = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine on the mean radius). */
export function distance(a: Location, b: Location): number {
  const half = (x: number, y: number) => Math.sin(radians(y - x) / 2) ** 2;
  const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lng, b.lng);
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The box that holds a circle of `radius` metres; round a pole it takes every longitude. */
export function boxAround({ lat, lng }: Location, radius: number): Box {
  const dLat = ((radius / earthRadius) * 180) / Math.PI;
  const south = Math.max(-90, lat - dLat);
  const north = Math.min(90, lat + dLat);
  // Where a meridian circle of the box's widest latitude no longer fits, all longitudes are near.
  const ratio = Math.sin(radius / earthRadius) / Math.cos(radians(lat));
  if (south <= -90 || north >= 90 || ratio >= 1) return { south, north, west: -180, east: 180 };
  const dLng = (Math.asin(ratio) * 180) / Math.PI;
  const wrap = (degrees: number) => ((((degrees + 180) % 360) + 360) % 360) - 180;
  return { south, north, west: wrap(lng - dLng), east: wrap(lng + dLng) };
}
