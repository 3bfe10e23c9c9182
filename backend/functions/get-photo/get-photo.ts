import type { PhotoView } from '#contracts/api/photos.ts';
import { NotFoundError } from '#platform/errors.ts';
import { type Caller, isIn, staffGroups } from '#platform/middleware/caller.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import type { PlaceStore } from '../../stores/place-store.ts';
import { isOwnerOrStaff, photoView } from '../../views.ts';

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'get'>;
  readonly places: Pick<PlaceStore, 'get'>;
}

interface Request {
  readonly path: { readonly photoId: string };
  readonly caller: Caller | undefined;
}

/** Reads one photo: published ones for everybody, others for their owner and the staff only. */
export const getPhoto =
  ({ photos, places }: Dependencies) =>
  async ({ path: { photoId }, caller }: Request): Promise<PhotoView> => {
    const photo = await photos.get(photoId);
    const visible =
      photo?.status === 'PUBLISHED' ||
      (photo?.status !== 'DELETED' && isOwnerOrStaff(caller, photo?.ownerId));
    if (!photo || !visible) {
      throw new NotFoundError(
        'Expected a photo that you may see, got none with this id. It may have been deleted.',
      );
    }
    // The apps know a visitor's place already; the staff comes by an id or a message.
    const place = isIn(caller, ...staffGroups) ? await places.get(photo.placeId) : undefined;
    return photoView(photo, caller, place?.name);
  };
