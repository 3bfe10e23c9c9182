import type { Location } from '#contracts/places.ts';
import type { ExifDirectory } from './exif.ts';

/** The tags we read, by the names of the EXIF standard. */
const tags = {
  make: 0x010f,
  model: 0x0110,
  exif: 0x8769,
  gps: 0x8825,
  dateTimeOriginal: 0x9003,
  offsetTimeOriginal: 0x9011,
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
} as const;
const longestCamera = 80;
const earthRadius = 6_371_009;

/** When a photo was taken by its camera's clock, as ISO 8601 with the offset if the camera knew it. */
export function takenAt(exif: ExifDirectory | undefined): string | undefined {
  const taken = exif?.directory(tags.exif);
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(taken?.text(tags.dateTimeOriginal) ?? '');
  if (!parts) return undefined;
  const [, year, month, day, time] = parts;
  const local = `${year}-${month}-${day}T${time}`;
  // A date that the calendar does not have, such as a camera's zeros before its clock is set, comes back changed.
  const known = Date.parse(`${local}Z`);
  if (Number.isNaN(known) || !new Date(known).toISOString().startsWith(local)) return undefined;
  const offset = taken?.text(tags.offsetTimeOriginal) ?? '';
  return /^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset) ? `${local}${offset}` : local;
}

/** The camera's maker and model; many models begin with a word of the maker's. */
export function camera(exif: ExifDirectory | undefined): string | undefined {
  const make = exif?.text(tags.make) ?? '';
  const model = exif?.text(tags.model) ?? '';
  const makers = make.toLowerCase().split(' ');
  const named = make === '' || makers.some((maker) => model.toLowerCase().startsWith(maker));
  const name = named ? model : `${make} ${model}`.trim();
  return name === '' ? undefined : name.slice(0, longestCamera).trim().toWellFormed();
}

/** Whether a photo was taken near a place; `undefined` when it does not say where it was taken. */
export function takenNear(
  exif: ExifDirectory | undefined,
  place: Location,
  meters: number,
): boolean | undefined {
  const taken = whereTaken(exif);
  return taken && distance(taken, place) <= meters;
}

function whereTaken(exif: ExifDirectory | undefined): Location | undefined {
  const gps = exif?.directory(tags.gps);
  const lat = degrees(gps, tags.latitudeRef, tags.latitude, ['N', 'S'], 90);
  const lng = degrees(gps, tags.longitudeRef, tags.longitude, ['E', 'W'], 180);
  // Cameras without reception write zeros.
  if (lat === undefined || lng === undefined || (lat === 0 && lng === 0)) return undefined;
  return { lat, lng };
}

function degrees(
  gps: ExifDirectory | undefined,
  refTag: number,
  tag: number,
  [positive, negative]: readonly [string, string],
  most: number,
): number | undefined {
  const ref = gps?.text(refTag);
  const [whole = Number.NaN, minutes = 0, seconds = 0] = gps?.rationals(tag, 3) ?? [];
  const value = whole + minutes / 60 + seconds / 3600;
  if ((ref !== positive && ref !== negative) || !(value <= most)) return undefined;
  return ref === positive ? value : -value;
}

/** Great-circle distance in meters. */
function distance(a: Location, b: Location): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const haversine = (angle: number) => Math.sin(angle / 2) ** 2;
  const lat = haversine(radians(b.lat - a.lat));
  const lng = haversine(radians(b.lng - a.lng));
  const h = lat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * lng;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}
