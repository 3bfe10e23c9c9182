import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { type PhotoDetails, rangerMessages } from '#contracts/photos.ts';
import type { Location } from '#contracts/places.ts';
import type { RefusedPictureItem } from '#contracts/tables/items.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import { type InspectionRules, inspectPhoto as inspect } from '../../imaging/inspect-photo.ts';
import { hashDistance, samePicture } from '../../imaging/perceptual-hash.ts';
import type { Rejection } from '../../imaging/rejection.ts';
import type { Preview } from '../../imaging/render.ts';
import type { OriginalStore } from '../../stores/original-store.ts';

export const inspectPhotoInput = z.object({
  photoId: ulidSchema,
  placeId: ulidSchema,
  bucket: z.string().min(3),
  key: z.string().min(1).max(1024),
});
export type InspectPhotoInput = z.infer<typeof inspectPhotoInput>;

/** What the state machine keeps of an inspection; the picture is the one to decide on, by its key. */
export type InspectPhotoResult =
  | {
      readonly outcome: 'accepted';
      readonly details: PhotoDetails;
      readonly picture: {
        readonly key: string;
        readonly width: number;
        readonly height: number;
        readonly bytes: number;
      };
    }
  | Rejection;

/** What is remembered of a picture that a ranger refused. */
export type RefusedPicture = Pick<RefusedPictureItem, 'placeId' | 'perceptualHash' | 'reason'>;

export interface Ports {
  readonly originals: OriginalStore;
  readonly places: { locate(placeId: string): Promise<Location | undefined> };
  readonly refused: {
    /** Pictures that may look like this one; all that differ in at most 7 bits are among them. */
    candidates(perceptualHash: string): Promise<readonly RefusedPicture[]>;
  };
  readonly previews: { write(key: string, preview: Preview): Promise<void> };
}

/** Finds out what can be known of a photo and stores a preview of it; a refused photo is a result, and stores nothing. */
export function inspectPhoto(ports: Ports, rules: InspectionRules) {
  return async ({ photoId, placeId, bucket, key }: InspectPhotoInput): Promise<InspectPhotoResult> => {
    const [bytes, place] = await Promise.all([
      ports.originals.read(bucket, key),
      ports.places.locate(placeId),
    ]);
    const result = await inspect(bytes, rules, place);
    if (result.outcome === 'rejected') return result;
    const { details, preview } = result;
    const reason = await refusalOfAlike(ports.refused, details.perceptualHash, placeId);
    if (reason) return { outcome: 'rejected', reason, message: rangerMessages[reason], details };
    const previewKey = objectKeys.staged(`${objectKeys.renditions(photoId)}preview.jpg`);
    await ports.previews.write(previewKey, preview);
    const { width, height, bytes: file } = preview;
    return { outcome: 'accepted', details, picture: { key: previewKey, width, height, bytes: file.length } };
  };
}

/** Why a ranger refused the picture that looks most like this one, if there is one. */
async function refusalOfAlike(
  refused: Ports['refused'],
  hash: string | undefined,
  placeId: string,
): Promise<RefusedPicture['reason'] | undefined> {
  if (hash === undefined) return undefined;
  const candidates = await refused.candidates(hash);
  const [closest] = candidates
    .filter((picture) => picture.reason !== 'NOT_THIS_PLACE' || picture.placeId === placeId)
    .map(({ reason, perceptualHash }) => ({ reason, distance: hashDistance(hash, perceptualHash) }))
    .filter(({ distance }) => distance <= samePicture)
    .sort((a, b) => a.distance - b.distance);
  return closest?.reason;
}
