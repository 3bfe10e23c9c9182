import { describe, expect, it, vi } from 'vitest';
import { reviewPage } from '#contracts/api/reviews.ts';
import { type PhotoStatus, photoStatuses, rangerMessages, rangerReasons } from '#contracts/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { encodeCursor } from '#platform/cursor.ts';
import { logger } from '#platform/logger.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { MemoryPhotoStore } from '../testing/memory-photo-store.ts';
import { MemoryPlaceStore } from '../testing/memory-place-store.ts';
import { MemoryReviewStore } from '../testing/memory-review-store.ts';
import { later, ownerId, photoId, photoIn, place, sampleId } from '../testing/samples.ts';
import { decideReview } from './decide-review/decide-review.ts';
import { listReviews } from './list-reviews/list-reviews.ts';

vi.spyOn(logger, 'info').mockImplementation(() => undefined);
const warned = vi.spyOn(logger, 'warn').mockImplementation(() => undefined);
const failed = vi.spyOn(logger, 'error').mockImplementation(() => undefined);

const ray: Caller = { userId: 'ray', groups: ['rangers'] };
const rita: Caller = { userId: 'rita', groups: ['rangers'] };
const path = { photoId };
const token = 'secret-token';
const waiting = (changes: Partial<PhotoItem> = {}) =>
  photoIn('IN_REVIEW', {
    workflow: 'v3',
    reviewBy: later(900).toISOString(),
    taskToken: token,
    picture: `staged/photos/${changes.photoId ?? photoId}/preview.jpg`,
    labels: [
      { name: 'Smoking', confidence: 55 },
      { name: 'Suggestive', confidence: 71.5 },
    ],
    details: { type: 'jpeg', width: 4000, height: 3000, perceptualHash: '0123456789abcdef' },
    ...changes,
  });

describe('listReviews', () => {
  const list = (...photos: PhotoItem[]) =>
    listReviews({
      reviews: new MemoryReviewStore(new MemoryPhotoStore(...photos)),
      places: new MemoryPlaceStore(place()),
      links: { sign: async (key, seconds) => `https://uploads.example.com/${key}?for=${seconds}` },
      now: () => later(60),
    });

  it('shows what flagged a photo, surest first, until when it waits, and a picture for 15 minutes', async () => {
    const page = await list(waiting({ caption: 'Fall', author: 'Rose' }))({ query: { limit: 24 } });
    expect(reviewPage.parse(page)).toEqual(page);
    expect(page).toMatchObject({
      items: [
        {
          photoId,
          placeName: 'Yosemite Valley',
          caption: 'Fall',
          author: 'Rose',
          reviewBy: later(900).toISOString(),
          labels: [{ name: 'Suggestive' }, { name: 'Smoking' }],
          details: { width: 4000 },
          picture: {
            url: `https://uploads.example.com/staged/photos/${photoId}/preview.jpg?for=900`,
            expiresAt: later(960).toISOString(),
          },
        },
      ],
    });
    expect(JSON.stringify(page)).not.toMatch(/secret|0123456789abcdef|auth0/);
  });

  it('gives the longest waiting first, page by page', async () => {
    const photos = [3, 1, 2].map((n) => waiting({ photoId: sampleId(n), statusAt: later(n).toISOString() }));
    const ask = list(...photos);
    const first = await ask({ query: { limit: 2 } });
    expect(first.items.map((one) => one.photoId)).toEqual([sampleId(1), sampleId(2)]);
    const second = await ask({ query: { limit: 2, cursor: first.nextCursor } });
    expect(second.items.map((one) => one.photoId)).toEqual([sampleId(3)]);
    expect(second.nextCursor).toBeUndefined();
  });

  it('leaves out what is decided, over, or not in review', async () => {
    const { items } = await list(
      waiting({ decision: 'approve' }),
      waiting({ photoId: sampleId(8), reviewBy: later(60).toISOString() }),
      photoIn('PROCESSING', { photoId: sampleId(9) }),
    )({ query: { limit: 24 } });
    expect(items).toEqual([]);
  });

  it('leaves out a photo without a picture and says so', async () => {
    const { items } = await list(waiting({ picture: undefined }))({ query: { limit: 24 } });
    expect(items).toEqual([]);
    expect(failed).toHaveBeenLastCalledWith(expect.stringMatching(/without a picture/), { photoId });
  });

  it('refuses a cursor that no page gave', async () => {
    const attempt = list()({ query: { limit: 1, cursor: encodeCursor('x') } });
    await expect(attempt).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('decideReview', () => {
  function prepare(photo = waiting()) {
    const photos = new MemoryPhotoStore(photo);
    const reviews = new MemoryReviewStore(photos);
    const resume = vi.fn(async () => true);
    const decide = decideReview({ photos, reviews, executions: { resume }, now: () => later(60) });
    return { photos, reviews, resume, decide, item: () => photos.photos.get(photoId) };
  }
  const approve = { decision: 'approve' } as const;
  const conflict = (message: RegExp) => ({ code: 'CONFLICT', message: expect.stringMatching(message) });

  it('writes an approval and wakes the execution with it', async () => {
    const { decide, resume, reviews, item } = prepare();
    const answer = await decide({ path, body: approve, caller: ray });
    expect(answer).toEqual({ photoId, decision: 'approve', decidedAt: later(60).toISOString() });
    expect(item()).toMatchObject({ status: 'IN_REVIEW', decision: 'approve', decidedBy: 'ray' });
    expect(resume).toHaveBeenCalledExactlyOnceWith(token, { decision: 'approve' });
    expect(reviews.refused).toEqual([]);
  });

  it.each(rangerReasons)('rejects for %s with the words for the visitor', async (reason) => {
    const { decide, resume, reviews, item } = prepare();
    await decide({ path, body: { decision: 'reject', reason }, caller: ray });
    const verdict = { decision: 'reject', reason, message: rangerMessages[reason] };
    expect(item()).toMatchObject(verdict);
    expect(resume).toHaveBeenCalledExactlyOnceWith(token, verdict);
    expect(reviews.refused).toEqual([photoId]);
  });

  it('lets the first of two rangers win and tells the other how it went', async () => {
    const { decide, resume, item } = prepare();
    const [first, second] = await Promise.allSettled([
      decide({ path, body: approve, caller: ray }),
      decide({ path, body: { decision: 'reject', reason: 'PEOPLE' }, caller: rita }),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: conflict(/^Another ranger was first: approved\.$/) });
    expect(item()).toMatchObject({ decision: 'approve', decidedBy: 'ray' });
    expect(resume).toHaveBeenCalledOnce();
  });

  it.each([
    ['repeated', waiting({ decision: 'approve', decidedBy: 'ray' }), /You decided already: approved/],
    ['late', waiting({ reviewBy: later(60).toISOString() }), /time for this decision is over/],
    ['without a time', waiting({ reviewBy: undefined }), /time for this decision is over/],
    ['after its end', photoIn('REJECTED', { reason: 'REVIEW_TIMED_OUT' }), /time for this decision is over/],
    [
      'after another’s',
      photoIn('PUBLISHED', { decision: 'approve', decidedBy: 'rita' }),
      /Another ranger was first/,
    ],
  ])('refuses a decision that comes %s', async (_what, photo, message) => {
    const { decide, resume, item } = prepare(photo);
    await expect(decide({ path, body: approve, caller: ray })).rejects.toMatchObject(conflict(message));
    expect(item()).toEqual(photo);
    expect(resume).not.toHaveBeenCalled();
  });

  it.each(photoStatuses.filter((status): status is PhotoStatus => status !== 'IN_REVIEW'))(
    'refuses a photo that is %s',
    async (status) => {
      const attempt = prepare(photoIn(status)).decide({ path, body: approve, caller: ray });
      await expect(attempt).rejects.toMatchObject(conflict(new RegExp(`one that is ${status}`)));
    },
  );

  it('says so when the photo moved in between and waits anew', async () => {
    const { decide, reviews } = prepare();
    vi.spyOn(reviews, 'decide').mockResolvedValue(false);
    await expect(decide({ path, body: approve, caller: ray })).rejects.toMatchObject(conflict(/Look at it/));
  });

  it('lets no ranger decide about an own photo, and knows no photo that is not there', async () => {
    const { decide, photos, item } = prepare();
    const own = decide({ path, body: approve, caller: { userId: ownerId, groups: ['rangers', 'admins'] } });
    await expect(own).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(item()).not.toHaveProperty('decision');
    await expect(decide({ path, body: approve, caller: undefined })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    photos.photos.clear();
    await expect(decide({ path, body: approve, caller: ray })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['has gone', waiting(), false],
    ['left no token', waiting({ taskToken: undefined }), true],
  ])('stands when the execution %s', async (_what, photo, wakes) => {
    const { decide, resume, item } = prepare(photo);
    resume.mockResolvedValue(wakes);
    await decide({ path, body: approve, caller: ray });
    expect(item()).toMatchObject({ decision: 'approve' });
    expect(warned).toHaveBeenLastCalledWith(expect.stringMatching(/stands on the photo/), { photoId });
  });
});
