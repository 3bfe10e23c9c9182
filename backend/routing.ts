import { createHash } from 'node:crypto';
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
