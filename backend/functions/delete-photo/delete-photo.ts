import { ConflictError, ForbiddenError, NotFoundError } from '#platform/errors.ts';
import { type Caller, isIn } from '#platform/middleware/caller.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'get' | 'markDeleted'>;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly photoId: string };
  readonly caller: Caller | undefined;
}

/** How long the fact of a deletion is kept. */
const rememberedDays = 30;

/** Takes a published photo off the map, for its owner or a ranger; a repeated deletion is a success. */
export const deletePhoto =
  ({ photos, now }: Dependencies) =>
  async ({ path: { photoId }, caller }: Request): Promise<void> => {
    const photo = await photos.get(photoId);
    const mayDelete = caller && (caller.userId === photo?.ownerId || isIn(caller, 'rangers', 'admins'));
    if (!photo || (!mayDelete && photo.status !== 'PUBLISHED')) {
      throw new NotFoundError('Expected a photo with this id, got none.');
    }
    if (!mayDelete)
      throw new ForbiddenError('Expected your own photo. Only its owner or a ranger may delete it.');
    if (photo.status === 'DELETED') return;
    const at = now();
    const expiresAt = Math.floor(at.getTime() / 1000) + rememberedDays * 86_400;
    const reason = caller.userId === photo.ownerId ? 'DELETED_BY_OWNER' : 'DELETED_BY_STAFF';
    if (await photos.markDeleted(photoId, { reason, now: at.toISOString(), expiresAt })) return;
    if ((await photos.get(photoId))?.status === 'DELETED') return;
    throw new ConflictError(
      `Expected a photo that is on the map, got one that is ${photo.status}. Try again later.`,
    );
  };
