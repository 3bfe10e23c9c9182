import type { BusEvent } from '#contracts/events/envelope.ts';
import { photoDeleted } from '#contracts/events/photo-deleted.ts';
import { objectKeys } from '#contracts/tables/keys.ts';

/** Removes objects; one that is not there is a success. */
export interface PictureStore {
  /** Every rendition below a prefix of the distribution bucket. */
  removeRenditions(prefix: string): Promise<void>;
  /** Every picture below a prefix of the upload bucket that waited there for a decision. */
  removeStaged(prefix: string): Promise<void>;
  /** The original in the upload bucket. */
  removeUpload(key: string): Promise<void>;
}

/** Removes a deleted photo's pictures, so that nothing of it can be read any more. */
export const removePictures =
  ({ pictures }: { pictures: PictureStore }) =>
  async (event: BusEvent): Promise<void> => {
    const { metadata, data } = photoDeleted.detail.parse(event.detail);
    const { photoId } = data;
    const renditions = objectKeys.renditions(photoId);
    await pictures.removeRenditions(renditions);
    await pictures.removeStaged(objectKeys.staged(renditions));
    if (metadata.ownerId) await pictures.removeUpload(objectKeys.upload(metadata.ownerId, photoId));
  };
