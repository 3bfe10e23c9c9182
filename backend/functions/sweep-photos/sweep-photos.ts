import type { PhotoItem, Routes } from '#contracts/tables/items.ts';
import { unfinishedShards } from '#contracts/tables/keys.ts';
import type { EventBus } from '#platform/event-bus.ts';
import { logger } from '#platform/logger.ts';
import { chooseWorkflow } from '../../routing.ts';
import type { Arrival, Originals } from '../../stores/originals.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import { photoUploadedEvent } from '../route-upload/route-upload.ts';

interface Dependencies {
  readonly photos: PhotoStore;
  readonly originals: Originals;
  readonly routing: { get(): Promise<Routes> };
  readonly bus: EventBus;
  readonly routeArrival: (arrival: Arrival) => Promise<void>;
  readonly count: (name: string, workflow: string | undefined) => void;
  readonly now: () => Date;
  readonly claimWithinSeconds: number;
}

/** How one run dealt with the photos that were due. */
export interface Sweep {
  sentAgain: number;
  failed: number;
  /** Photos in review whose execution died before it could end the review. */
  rejected: number;
  routed: number;
  forgotten: number;
}

const maxAttempts = 3;
/** A run does no more than this for each shard; the next run, a minute later, goes on. */
const perShard = 100;

const exhausted = {
  reason: 'ATTEMPTS_EXHAUSTED',
  message:
    'We tried several times and could not finish this photo. It is not your fault. Please send it again.',
} as const;
const unfinished = {
  reason: 'WORKFLOW_FAILED',
  message: 'We could not finish this photo. It is not your fault. Please send it again.',
} as const;
const unseen = {
  reason: 'REVIEW_TIMED_OUT',
  message: 'No ranger saw this photo in time. Tap Ask again, and it waits for one once more.',
} as const;

/**
 * Finds the photos that nobody finished in time and sends each again, at most three times, then gives up on it
 * visibly. So a lost event, a missing workflow stack or a dead worker cannot lose a photo.
 */
export const sweepPhotos = (dependencies: Dependencies) => async (): Promise<Sweep> => {
  const { photos, now } = dependencies;
  const sweep: Sweep = { sentAgain: 0, failed: 0, rejected: 0, routed: 0, forgotten: 0 };
  let unswept = 0;
  for (let shard = 0; shard < unfinishedShards; shard += 1) {
    for (const photoId of await photos.listDue(shard, now().toISOString(), perShard)) {
      // One photo that cannot be swept must not hold up the ones behind it; the run fails after them.
      await sweepOne(dependencies, photoId, sweep).catch((error: unknown) => {
        logger.error('Photo not swept', { photoId, error });
        unswept += 1;
      });
    }
  }
  if (Object.values(sweep).some((count) => count > 0)) logger.info('Swept', { ...sweep });
  if (unswept > 0) throw new Error(`Expected to sweep every photo that is due, got ${unswept} errors`);
  return sweep;
};

async function sweepOne(dependencies: Dependencies, photoId: string, sweep: Sweep): Promise<void> {
  const photo = await dependencies.photos.get(photoId);
  if (photo?.status === 'AWAITING_UPLOAD') return sweepAwaited(dependencies, photo, sweep);
  if (photo?.status !== 'UPLOADED' && photo?.status !== 'PROCESSING' && photo?.status !== 'IN_REVIEW') return;
  // The index lags behind: an execution may just have claimed the photo.
  const leasedUntil = photo.status === 'UPLOADED' ? 0 : Date.parse(photo.leaseExpiresAt ?? '');
  if (leasedUntil > dependencies.now().getTime()) return;
  if (photo.status === 'IN_REVIEW') return endReview(dependencies, photo, sweep);
  if (photo.attempts >= maxAttempts) {
    const failure = { ...exhausted, now: dependencies.now().toISOString() };
    if (await dependencies.photos.markFailed(photo, failure)) sweep.failed += 1;
  } else if (await sendAgain(dependencies, photo)) {
    sweep.sentAgain += 1;
  }
}

/** The notification was lost, or the visitor never sent the bytes; the form is over either way. */
async function sweepAwaited(
  { photos, originals, routeArrival }: Dependencies,
  photo: PhotoItem,
  sweep: Sweep,
): Promise<void> {
  const arrival = await originals.find(photo.bucket, photo.key);
  if (arrival) {
    await routeArrival(arrival);
    sweep.routed += 1;
  } else if (await photos.drop(photo)) {
    sweep.forgotten += 1;
  }
}

/** Ends a review in the place of an execution that died: a ranger's refusal counts, an approval needs a new execution. */
async function endReview({ photos, now }: Dependencies, photo: PhotoItem, sweep: Sweep): Promise<void> {
  const at = { now: now().toISOString() };
  if (photo.decision === 'approve') {
    if (await photos.markFailed(photo, { ...unfinished, ...at })) sweep.failed += 1;
    return;
  }
  const { reason = unseen.reason, message = unseen.message } = photo.decision ? photo : unseen;
  if (await photos.markRejected(photo, { reason, message, ...at })) sweep.rejected += 1;
}

async function sendAgain(dependencies: Dependencies, photo: PhotoItem): Promise<boolean> {
  const { photos, routing, bus, count, now, claimWithinSeconds } = dependencies;
  const at = now();
  const handover = {
    // Chosen anew: the version it was meant for may be the reason why it stands still.
    workflow: chooseWorkflow(await routing.get(), photo),
    dueAt: new Date(at.getTime() + claimWithinSeconds * 1000).toISOString(),
  };
  if (!(await photos.markSentAgain(photo, handover))) return false;
  const { photoId, placeId, bucket, key, size, etag = '', ownerId } = photo;
  const data = { photoId, placeId, workflow: handover.workflow, bucket, key, size, etag };
  await bus.publish([photoUploadedEvent(data, ownerId, at.toISOString())]);
  count('PhotoSentAgain', handover.workflow);
  return true;
}
