import type { PhotoStatus } from '#contracts/photos.ts';
import { renditionNames } from '#contracts/photos.ts';
import type { PhotoItem, PlaceItem } from '#contracts/tables/items.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import { sampleId } from '#platform/testing/sample-id.ts';

export { sampleId };

export const photoId = sampleId(1);
export const placeId = sampleId(2);
export const ownerId = 'auth0|rose';
export const time = '2026-05-01T10:00:00.000Z';
/** So many seconds after `time`. */
export const later = (seconds: number) => new Date(Date.parse(time) + seconds * 1000);

/** A photo that was announced and whose bytes have not come. */
export const photo = (changes: Partial<PhotoItem> = {}): PhotoItem => {
  const id = changes.photoId ?? photoId;
  return {
    entity: 'photo',
    photoId: id,
    placeId,
    ownerId,
    contentType: 'image/jpeg',
    size: 4_000_000,
    bucket: 'uploads',
    key: objectKeys.upload(changes.ownerId ?? ownerId, id),
    status: 'AWAITING_UPLOAD',
    statusAt: time,
    createdAt: time,
    attempts: 0,
    ...changes,
  };
};

const rendition = (id: string, name: string) => ({
  key: `photos/${id}/${name}.webp`,
  width: 400,
  height: 300,
  bytes: 20_000,
  contentType: 'image/webp' as const,
});

/** A photo on the map, whole. */
export const publishedPhoto = (changes: Partial<PhotoItem> = {}): PhotoItem => {
  const id = changes.photoId ?? photoId;
  const [tile, small, large, share] = renditionNames.map((name) => rendition(id, name));
  if (!tile || !small || !large || !share) throw new Error('Expected four names of renditions');
  return photo({
    status: 'PUBLISHED',
    workflow: 'v1',
    publishedAt: time,
    width: 4000,
    height: 3000,
    thumbHash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
    renditions: { tile, small, large, share },
    ...changes,
  });
};

/** A photo in any status, with what it would have by then. */
export const photoIn = (status: PhotoStatus, changes: Partial<PhotoItem> = {}): PhotoItem => {
  if (status === 'AWAITING_UPLOAD') return photo(changes);
  if (status === 'PUBLISHED') return publishedPhoto(changes);
  return photo({ status, workflow: 'v1', etag: 'abc', ...changes });
};

export const place = (changes: Partial<PlaceItem> = {}): PlaceItem => ({
  entity: 'place',
  placeId,
  type: 'park',
  name: 'Yosemite Valley',
  description: 'Granite and waterfalls',
  location: { lat: 37.74, lng: -119.58 },
  createdAt: time,
  ...changes,
});
