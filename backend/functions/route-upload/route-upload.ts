import * as z from 'zod';
import type { PhotoUploadedData } from '#contracts/events/photo-uploaded.ts';
import type { PhotoItem, Routes } from '#contracts/tables/items.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import type { EventBus } from '#platform/event-bus.ts';
import { logger } from '#platform/logger.ts';
import { chooseWorkflow } from '../../routing.ts';
import type { Arrival } from '../../stores/originals.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';

/** S3 writes keys form-encoded into its notifications. */
const decoded = z.string().transform((key) => decodeURIComponent(key.replaceAll('+', ' ')));

/** An S3 notification, or the test message that S3 sends when notifications are switched on. */
export const uploadNotification = z.union([
  z.object({ Event: z.literal('s3:TestEvent') }).transform(() => ({ Records: [] })),
  z.object({
    Records: z.array(
      z.object({
        s3: z.object({
          bucket: z.object({ name: z.string() }),
          object: z.object({ key: decoded, size: z.number().default(0), eTag: z.string().default('') }),
        }),
      }),
    ),
  }),
]);
export type UploadNotification = z.infer<typeof uploadNotification>;

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'get' | 'markUploaded'>;
  readonly routing: { get(): Promise<Routes> };
  readonly bus: EventBus;
  readonly now: () => Date;
  /** After this long without a claim, the sweeper sends the photo again. */
  readonly claimWithinSeconds: number;
}

/**
 * Hands a photo whose bytes have arrived to the workflow chosen for it. Safe to repeat: the choice is written once,
 * the event is sent again as long as nobody has claimed the photo, and the claim absorbs doubles.
 */
export const routeArrival =
  ({ photos, routing, bus, now, claimWithinSeconds }: Dependencies) =>
  async ({ bucket, key, size, etag }: Arrival): Promise<void> => {
    const owner = objectKeys.parseUpload(key);
    const photo = owner && (await photos.get(owner.photoId));
    if (!photo || photo.ownerId !== owner?.userId) {
      // Only our forms write to this bucket, so this is a photo that was forgotten before its bytes came.
      logger.warn('Object without a photo ignored', { photoId: owner?.photoId });
      return;
    }
    const current = photo.status === 'AWAITING_UPLOAD' ? await handOver(photo) : photo;
    if (current?.status !== 'UPLOADED' || !current.workflow) return;
    const { photoId, placeId, workflow, statusAt } = current;
    // Told as it was written: a repeated notification may speak of bytes that came later.
    const written = { size: current.size, etag: current.etag ?? '' };
    const data: PhotoUploadedData = { photoId, placeId, workflow, bucket, key, ...written };
    await bus.publish([photoUploadedEvent(data, photo.ownerId, statusAt)]);

    async function handOver(awaited: PhotoItem): Promise<PhotoItem | undefined> {
      const at = now();
      const dueAt = new Date(at.getTime() + claimWithinSeconds * 1000).toISOString();
      const choice = { workflow: chooseWorkflow(await routing.get(), awaited), size, etag };
      const moved = await photos.markUploaded(awaited.photoId, { ...choice, now: at.toISOString(), dueAt });
      // Somebody else was first: what counts is what that one wrote.
      if (!moved) return photos.get(awaited.photoId);
      return { ...awaited, ...choice, status: 'UPLOADED', statusAt: at.toISOString() };
    }
  };

/** The event for one photo; it has a place in the photo's journey, and names a topic only where somebody waits for it. */
export const photoUploadedEvent = (
  data: PhotoUploadedData,
  ownerId: string,
  occurredAt: string,
  notify?: string[],
) => ({
  name: 'PhotoUploaded' as const,
  metadata: { journeyId: data.photoId, ownerId, occurredAt, ...(notify && { notify }) },
  data,
});

/** Works on one S3 notification, which may carry several objects. */
export const routeUpload = (dependencies: Dependencies) => {
  const route = routeArrival(dependencies);
  return async ({ Records }: UploadNotification): Promise<void> => {
    for (const { s3 } of Records) {
      const { key, size, eTag } = s3.object;
      await route({ bucket: s3.bucket.name, key, size, etag: eTag });
    }
  };
};
