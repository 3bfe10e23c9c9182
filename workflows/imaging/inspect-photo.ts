import type { PhotoDetails } from '#contracts/photos.ts';
import type { Location } from '#contracts/places.ts';
import { openExif } from './exif.ts';
import type { PhotoType } from './identify.ts';
import { decodePhoto, type OpenedPhoto, openPhoto } from './open-photo.ts';
import { perceptualHash } from './perceptual-hash.ts';
import { damagedFile, type Rejection, tooSmall } from './rejection.ts';
import { type Preview, renderPreview, sides } from './render.ts';
import { camera, takenAt, takenNear } from './taken.ts';

/** What a photo has to be. */
export interface InspectionRules {
  readonly types: readonly PhotoType[];
  /** Least pixels on the short side. */
  readonly minPixels: number;
  /** How far from its place a photo may be taken and still be near. */
  readonly nearMeters: number;
}

/** What was found out about a photo that keeps the rules, and a small picture for whoever decides further. */
export interface Inspected {
  readonly outcome: 'accepted';
  readonly details: PhotoDetails;
  readonly preview: Preview;
}

/**
 * Finds out what can be known of a photo by one decode at reduced size, or says why it is refused.
 *
 * Where it was taken is compared with its place and forgotten.
 *
 * @param place - where the photo's place is, if that is known
 */
export async function inspectPhoto(
  bytes: Uint8Array,
  { types, minPixels, nearMeters }: InspectionRules,
  place: Location | undefined,
): Promise<Inspected | Rejection> {
  const opened = await openPhoto(bytes, types);
  if (opened.outcome === 'rejected') return opened;
  const details = describe(opened, place, nearMeters);
  const { width, height } = opened.header;
  if (Math.min(width, height) < minPixels) return { ...tooSmall(opened.header, minPixels), details };
  const pixels = await decodePhoto(bytes, opened, sides.small / Math.max(width, height));
  if (!pixels) return damagedFile;
  const { preview, flat } = await renderPreview(pixels);
  return {
    outcome: 'accepted',
    details: { ...details, perceptualHash: await perceptualHash(flat) },
    preview,
  };
}

function describe(
  { type, header }: OpenedPhoto,
  place: Location | undefined,
  nearMeters: number,
): PhotoDetails {
  const exif = openExif(header.exif);
  return {
    type,
    width: header.width,
    height: header.height,
    takenAt: takenAt(exif),
    camera: camera(exif),
    takenNearPlace: place && takenNear(exif, place, nearMeters),
  };
}
