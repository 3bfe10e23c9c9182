import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Routes } from '#contracts/tables/items.ts';

/**
 * The workflow version for a photo: its place's own, else the canary's for a stable share of all photos, else the
 * active one. The same photo and routing always give the same version.
 */
export function chooseWorkflow(routing: Routes, photo: { photoId: string; placeId: string }): string {
  const own = routing.places?.[photo.placeId];
  if (own) return own;
  const { canary, active } = routing;
  return canary && percentile(photo.photoId) < canary.percent ? canary.version : active;
}

/** A stable number from 0 to under 100 for an id, evenly spread. */
const percentile = (id: string): number =>
  (createHash('sha256').update(id).digest().readUInt32BE(0) / 2 ** 32) * 100;

/** Percent of new photos that a version gets, overrides of places aside. */
export function shareOf({ active, canary }: Routes, version: string): number {
  const percent = canary?.percent ?? 0;
  if (version === active) return 100 - percent;
  return version === canary?.version ? percent : 0;
}

/** Places whose photos always go to a version. */
export const placesOf = ({ places = {} }: Routes, version: string): string[] =>
  Object.entries(places).flatMap(([placeId, own]) => (own === version ? [placeId] : []));

/** Every version that a decision sends photos to, once each. */
export const versionsIn = ({ active, canary, places = {} }: Routes): string[] => [
  ...new Set([active, ...(canary ? [canary.version] : []), ...Object.values(places)]),
];

/** Whether two decisions send every photo to the same version. */
export function sameRoutes(a: Routes, b: Routes): boolean {
  const parts = ({ active, canary, places = {} }: Routes) => [
    [active, canary?.version, canary?.percent],
    Object.entries(places).sort(),
  ];
  return isDeepStrictEqual(parts(a), parts(b));
}
