import type { PhotoView } from '#contracts/api/photos.ts';
import type { PhotoItem, Routes } from '#contracts/tables/items.ts';
import { topics } from '#contracts/topics.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '#platform/errors.ts';
import type { EventBus } from '#platform/event-bus.ts';
import { logger } from '#platform/logger.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { chooseWorkflow } from '../../routing.ts';
import type { Originals } from '../../stores/originals.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import { isOwnerOrStaff, isRetryable, photoView } from '../../views.ts';
import { photoUploadedEvent } from '../route-upload/route-upload.ts';

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'get' | 'markRetried'>;
  readonly originals: Originals;
  readonly routing: { get(): Promise<Routes> };
  readonly bus: EventBus;
  readonly now: () => Date;
  readonly claimWithinSeconds: number;
}

interface Request {
  readonly path: { readonly photoId: string };
  readonly caller: Caller | undefined;
}

/**
 * Sends a photo that failed, or that no ranger saw in time, through a workflow again, from the original that is kept.
 * It is as if the bytes had just arrived: the version is chosen anew, and nothing of the first way stays.
 */
export const retryPhoto =
  ({ photos, originals, routing, bus, now, claimWithinSeconds }: Dependencies) =>
  async ({ path: { photoId }, caller }: Request): Promise<PhotoView> => {
    const photo = retryablePhoto(await photos.get(photoId), caller);
    const original = await originals.find(photo.bucket, photo.key);
    if (!original) {
      throw new ConflictError('The original is no longer kept. Please send the photo again.');
    }
    const at = now();
    const handover = {
      workflow: chooseWorkflow(await routing.get(), photo),
      now: at.toISOString(),
      dueAt: new Date(at.getTime() + claimWithinSeconds * 1000).toISOString(),
    };
    if (!(await photos.markRetried(photo, handover))) {
      throw new ConflictError('Somebody else was first: the photo is on its way again.');
    }
    const { placeId, bucket, key, size, etag = '', ownerId } = photo;
    const data = { photoId, placeId, workflow: handover.workflow, bucket, key, size, etag };
    // Lists of failed photos are open elsewhere, too, and the owner may have asked on another device.
    const event = photoUploadedEvent(data, ownerId, handover.now, [topics.user(ownerId), topics.staff]);
    await bus.publish([event]).catch((error: unknown) => {
      // The photo is on its way whatever the bus says: the sweeper sends what nobody has claimed.
      logger.error('Retried photo not sent, the sweeper will', { photoId, error });
    });
    return photoView((await photos.get(photoId)) ?? photo, caller);
  };

function retryablePhoto(photo: PhotoItem | undefined, caller: Caller | undefined): PhotoItem {
  const mayAct = isOwnerOrStaff(caller, photo?.ownerId);
  if (!photo || photo.status === 'DELETED' || (!mayAct && photo.status !== 'PUBLISHED')) {
    throw new NotFoundError('Expected a photo that you may see, got none with this id.');
  }
  if (!mayAct) throw new ForbiddenError('Expected your own photo. Only its owner or the staff may retry it.');
  if (isRetryable(photo, caller)) return photo;
  throw new ConflictError(
    photo.reason === 'REVIEW_TIMED_OUT'
      ? 'Only its visitor may ask for another look. The time for this one is over.'
      : `Expected a photo that failed, got one that is ${photo.status}. There is nothing to retry.`,
  );
}
