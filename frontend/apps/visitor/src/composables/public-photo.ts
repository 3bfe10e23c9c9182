import type { PhotoView, PublicPhoto } from '@happy-path/api-client';

/** A photo as everybody sees it, when it stands on the map. */
export function publicPhotoOf(photo: PhotoView): PublicPhoto | undefined {
  const { status, publishedAt, workflow, width, height, thumbHash, renditions } = photo;
  if (status !== 'PUBLISHED' || !publishedAt || !workflow || !width || !height || !renditions)
    return undefined;
  const { photoId, placeId, caption, author } = photo;
  return {
    photoId,
    placeId,
    publishedAt,
    workflow,
    width,
    height,
    renditions,
    thumbHash: thumbHash ?? '',
    ...(caption !== undefined && { caption }),
    ...(author !== undefined && { author }),
  };
}
