import type { PhotoView, PublicPhoto } from '#contracts/api/photos.ts';
import type { Place } from '#contracts/api/places.ts';
import type { StoredRendition } from '#contracts/photos.ts';
import type { PhotoItem, PlaceItem } from '#contracts/tables/items.ts';
import { logger } from '#platform/logger.ts';
import { type Caller, isIn, staffGroups } from '#platform/middleware/caller.ts';

/** Whether the caller may see a photo that is not, or no longer, on the map. */
export const isOwnerOrStaff = (caller: Caller | undefined, ownerId: string | undefined): boolean =>
  caller !== undefined && (caller.userId === ownerId || isIn(caller, ...staffGroups));

export const placeView = ({ placeId, type, name, description, location }: PlaceItem): Place => ({
  placeId,
  type,
  name,
  description,
  location,
});

const rendition = ({ key, width, height, contentType }: StoredRendition) => ({
  url: `/${key}`,
  width,
  height,
  contentType,
});

/** A published photo for everybody; throws when the item lacks what a publication sets. */
export function publicPhotoView(photo: PhotoItem): PublicPhoto {
  const { photoId, placeId, caption, author, publishedAt, workflow, width, height, thumbHash, renditions } =
    photo;
  if (!publishedAt || !workflow || !width || !height || !thumbHash || !renditions) {
    throw new Error(
      `Expected photo ${photoId} to be whole, as it is published; some of its attributes are missing`,
    );
  }
  return {
    photoId,
    placeId,
    ...(caption && { caption }),
    ...(author && { author }),
    publishedAt,
    workflow,
    width,
    height,
    thumbHash,
    renditions: {
      tile: rendition(renditions.tile),
      small: rendition(renditions.small),
      large: rendition(renditions.large),
      share: rendition(renditions.share),
    },
  };
}

/** The published photos of a list; one that some workflow published half must not hide the others. */
export const publicPhotoViews = (photos: readonly PhotoItem[]): PublicPhoto[] =>
  photos.flatMap((photo) => {
    try {
      return [publicPhotoView(photo)];
    } catch (error) {
      logger.error('Photo left out of a list', { photoId: photo.photoId, error });
      return [];
    }
  });

/** Whether the caller may have the photo sent through a workflow again. */
export const isRetryable = ({ status, reason, ownerId }: PhotoItem, caller: Caller | undefined): boolean => {
  if (status === 'FAILED') return isOwnerOrStaff(caller, ownerId);
  return status === 'REJECTED' && reason === 'REVIEW_TIMED_OUT' && caller?.userId === ownerId;
};

/** A photo in any status; only for those who may see it. */
export function photoView(photo: PhotoItem, caller: Caller | undefined): PhotoView {
  const { photoId, placeId, caption, author, status, createdAt, reason, message, workflow } = photo;
  return {
    photoId,
    placeId,
    ...(caption && { caption }),
    ...(author && { author }),
    ...(workflow && { workflow }),
    ...(status === 'PUBLISHED' && publicPhotoView(photo)),
    status,
    createdAt,
    ...(reason && { reason }),
    ...(message && { message }),
    journeyId: photoId,
    mine: caller?.userId === photo.ownerId,
    retryable: isRetryable(photo, caller),
  };
}
