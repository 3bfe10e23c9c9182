import type { DecideReviewRequest, DecideReviewResponse } from '#contracts/api/reviews.ts';
import { rangerMessages } from '#contracts/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { ConflictError, ForbiddenError, NotFoundError, UnauthenticatedError } from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import type { ReviewStore, Verdict } from '../../stores/review-store.ts';

/** Resumes the execution that waits for a decision. */
export interface WaitingExecutions {
  /** Answers false when nobody waits any more. */
  resume(taskToken: string, verdict: Verdict): Promise<boolean>;
}

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'get'>;
  readonly reviews: Pick<ReviewStore, 'decide'>;
  readonly executions: WaitingExecutions;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly photoId: string };
  readonly body: DecideReviewRequest;
  readonly caller: Caller | undefined;
}

/**
 * Takes a ranger's decision: the first one that is written wins, every other one is a conflict. What counts is what
 * stands on the photo; the waiting execution hears of it, and reads it at its time-out if that message was lost.
 */
export const decideReview =
  ({ photos, reviews, executions, now }: Dependencies) =>
  async ({ path: { photoId }, body, caller }: Request): Promise<DecideReviewResponse> => {
    if (!caller) throw new UnauthenticatedError();
    const photo = await photos.get(photoId);
    if (!photo) throw new NotFoundError('Expected a photo with this id, got none.');
    if (photo.ownerId === caller.userId) {
      throw new ForbiddenError('Expected the photo of somebody else. Another ranger decides about yours.');
    }
    const at = now().toISOString();
    refuseUnlessWaiting(photo, caller, at);
    const verdict: Verdict =
      body.decision === 'approve' ? body : { ...body, message: rangerMessages[body.reason] };
    if (!(await reviews.decide({ photo, verdict, decidedBy: caller.userId, now: at }))) {
      refuseUnlessWaiting((await photos.get(photoId)) ?? photo, caller, at);
      throw new ConflictError('The photo changed at this very moment. Look at it again.');
    }
    logger.info('Review decided', { photoId, decision: body.decision });
    const resumed = photo.taskToken ? await executions.resume(photo.taskToken, verdict) : false;
    if (!resumed) logger.warn('No execution heard of the decision; it stands on the photo', { photoId });
    return { photoId, decision: body.decision, decidedAt: at };
  };

const said = { approve: 'approved', reject: 'rejected' } as const;

/** Says why there is nothing left to decide, if there is not. */
function refuseUnlessWaiting(photo: PhotoItem, caller: Caller, now: string): void {
  const { status, decision, decidedBy, reviewBy, reason } = photo;
  if (decision) {
    const who = decidedBy === caller.userId ? 'You decided already' : 'Another ranger was first';
    throw new ConflictError(`${who}: ${said[decision]}.`);
  }
  if (reason === 'REVIEW_TIMED_OUT' || (status === 'IN_REVIEW' && !(reviewBy && reviewBy > now))) {
    throw new ConflictError('The time for this decision is over. Its visitor may ask again.');
  }
  if (status !== 'IN_REVIEW') {
    throw new ConflictError(`Expected a photo that waits for a ranger, got one that is ${status}.`);
  }
}
