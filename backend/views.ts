import type { PhotoView, PublicPhoto } from '#contracts/api/photos.ts';
import type { Place } from '#contracts/api/places.ts';
import type { Review } from '#contracts/api/reviews.ts';
import type { Label, PhotoDetails, StoredRendition } from '#contracts/photos.ts';
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

/** Shows the photos of a list; one that some workflow wrote half must not hide the others. */
function each<View>(photos: readonly PhotoItem[], view: (photo: PhotoItem) => View): View[] {
  return photos.flatMap((photo) => {
    try {
      return [view(photo)];
    } catch (error) {
      logger.error('Photo left out of a list', { photoId: photo.photoId, error });
      return [];
    }
  });
}

/** The published photos of a list. */
export const publicPhotoViews = (photos: readonly PhotoItem[]): PublicPhoto[] =>
  each(photos, publicPhotoView);

/** Whether the caller may have the photo sent through a workflow again. */
export const isRetryable = ({ status, reason, ownerId }: PhotoItem, caller: Caller | undefined): boolean => {
  if (status === 'FAILED') return isOwnerOrStaff(caller, ownerId);
  return status === 'REJECTED' && reason === 'REVIEW_TIMED_OUT' && caller?.userId === ownerId;
};

/** What a workflow found out, without what only serves to recognise the picture. */
const detailsView = ({ perceptualHash: _, ...details }: PhotoDetails) => details;

const surestFirst = (labels: readonly Label[]) => [...labels].sort((a, b) => b.confidence - a.confidence);

/** A photo in any status; only for those who may see it. */
export function photoView(photo: PhotoItem, caller: Caller | undefined, placeName?: string): PhotoView {
  const { photoId, placeId, caption, author, status, createdAt, reason, message, workflow } = photo;
  const { ownerId, details, labels, attempts } = photo;
  return {
    photoId,
    placeId,
    ...(placeName && { placeName }),
    ...(caption && { caption }),
    ...(author && { author }),
    ...(workflow && { workflow }),
    ...(status === 'PUBLISHED' && publicPhotoView(photo)),
    status,
    createdAt,
    ...(reason && { reason }),
    ...(message && { message }),
    journeyId: photoId,
    mine: caller?.userId === ownerId,
    retryable: isRetryable(photo, caller),
    ...(details && isOwnerOrStaff(caller, ownerId) && { details: detailsView(details) }),
    ...(isIn(caller, ...staffGroups) && { attempts, ...(labels && { labels: surestFirst(labels) }) }),
  };
}

/** The photos of a list for whoever may see each of them; `places` names the places that are known. */
export const photoViews = (
  photos: readonly PhotoItem[],
  caller: Caller | undefined,
  places: ReadonlyMap<string, string> = new Map(),
): PhotoView[] => each(photos, (photo) => photoView(photo, caller, places.get(photo.placeId)));

/** A photo that waits for a ranger; throws when the item lacks what a workflow sets before it waits. */
export function reviewView(photo: PhotoItem, picture: Review['picture'], placeName?: string): Review {
  const { photoId, placeId, caption, author, createdAt, statusAt, reviewBy, workflow, details } = photo;
  if (!reviewBy || !workflow) {
    throw new Error(`Expected photo ${photoId} to say until when it waits and for which workflow`);
  }
  return {
    photoId,
    placeId,
    ...(placeName && { placeName }),
    ...(caption && { caption }),
    ...(author && { author }),
    createdAt,
    requestedAt: statusAt,
    reviewBy,
    workflow,
    labels: surestFirst(photo.labels ?? []),
    ...(details && { details: detailsView(details) }),
    picture,
  };
}
