import type { ListPhotosQuery, PhotoViewPage } from '#contracts/api/photos.ts';
import { decodeCursor, encodeCursor } from '#platform/cursor.ts';
import { UnauthenticatedError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import { photoViews } from '../../views.ts';

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'listOwned'>;
}

/** Lists the caller's own photos in every status, newest first. */
export const listMyPhotos =
  ({ photos }: Dependencies) =>
  async ({
    caller,
    query,
  }: {
    caller: Caller | undefined;
    query: ListPhotosQuery;
  }): Promise<PhotoViewPage> => {
    if (!caller) throw new UnauthenticatedError();
    const after = decodeCursor(query.cursor, /^[0-9A-Z]{26}$/);
    const { items, last } = await photos.listOwned(caller.userId, {
      limit: query.limit,
      ...(after && { after }),
    });
    return {
      items: photoViews(items, caller),
      ...(last && { nextCursor: encodeCursor(last) }),
    };
  };
