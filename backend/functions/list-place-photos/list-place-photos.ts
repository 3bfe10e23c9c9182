import type { ListPhotosQuery, PublicPhotoPage } from '#contracts/api/photos.ts';
import { decodeCursor, encodeCursor } from '#platform/cursor.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import { publicPhotoViews } from '../../views.ts';

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'listPublished'>;
}

/** Lists the published photos of a place, newest first; an unknown place has none. */
export const listPlacePhotos =
  ({ photos }: Dependencies) =>
  async ({
    path,
    query,
  }: {
    path: { placeId: string };
    query: ListPhotosQuery;
  }): Promise<PublicPhotoPage> => {
    const after = decodeCursor(query.cursor, /^[\d\-T:.]+Z#[0-9A-Z]{26}$/);
    const { items, last } = await photos.listPublished(path.placeId, {
      limit: query.limit,
      ...(after && { after }),
    });
    return { items: publicPhotoViews(items), ...(last && { nextCursor: encodeCursor(last) }) };
  };
