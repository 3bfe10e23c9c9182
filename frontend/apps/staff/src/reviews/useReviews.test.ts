import { ApiError, OfflineError, type Review } from '@happy-path/api-client';
import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messages } from '../messages.ts';
import { useReviews } from './useReviews.ts';

const start = Date.parse('2026-06-01T12:00:00.000Z');
const at = (minute: number) => new Date(start + minute * 60_000).toISOString();

const review = (photoId: string, minute: number, url = photoId): Review => ({
  photoId,
  placeId: 'place',
  createdAt: at(minute),
  requestedAt: at(minute),
  reviewBy: at(minute + 15),
  workflow: 'v3',
  labels: [{ name: 'Suggestive', confidence: 71 }],
  picture: { url: `http://uploads.example/${url}`, expiresAt: at(minute + 15) },
});
const page = (...items: Review[]) => ({ items });

beforeEach(() => {
  vi.useFakeTimers({ now: start + 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

async function prepare(groups = ['rangers']) {
  const stage = onStage(
    ({ api, user }) => {
      user.value = { id: 'r1', groups };
      api.listReviews.mockResolvedValue(page(review('a', 0), review('b', 0.5), review('c', 0.7)));
      api.decideReview.mockImplementation(async (photoId, { decision }) => ({
        photoId,
        decision,
        decidedAt: at(1),
      }));
    },
    () => useReviews(),
  );
  await vi.advanceTimersByTimeAsync(0);
  const waiting = () => stage.result.waiting.value.map(({ photoId }) => photoId);
  const current = () => stage.result.current.value?.photoId;
  const toasts = () => stage.toasts.toasts.value.map(({ text }) => text);
  const decide = (decision: Parameters<typeof stage.result.decide>[1] = { decision: 'approve' }) => {
    const one = stage.result.current.value;
    if (!one) throw new Error('Expected a photo to decide on');
    return stage.result.decide(one, decision);
  };
  return { ...stage, waiting, current, toasts, decide };
}

describe('the review queue', () => {
  it('shows the photo that waits longest first, and walks to either end', async () => {
    const { result, waiting, current } = await prepare();
    expect(waiting()).toEqual(['a', 'b', 'c']);
    expect(current()).toBe('a');

    result.move(1);
    result.move(5);
    expect(current()).toBe('c');
    result.move(-9);
    expect(current()).toBe('a');
  });

  it('asks for nothing in the name of somebody who does not decide', async () => {
    const { api, realtime, result } = await prepare(['baristas']);
    realtime.emit('staff/photos', { type: 'PhotoReviewRequested', data: { photoId: 'd' } });
    await vi.advanceTimersByTimeAsync(60_000);

    expect(api.listReviews).not.toHaveBeenCalled();
    expect(result.state.value).toBe('empty');
  });

  it('reads once for photos that are flagged at the same moment', async () => {
    const { api, realtime, waiting } = await prepare();
    api.listReviews.mockResolvedValue(page(review('a', 0), review('d', 0.9), review('e', 0.9)));

    for (const photoId of ['d', 'e']) {
      realtime.emit('staff/photos', { type: 'PhotoReviewRequested', data: { photoId } });
    }
    await vi.advanceTimersByTimeAsync(300);

    expect(waiting()).toEqual(['a', 'd', 'e']);
    expect(api.listReviews).toHaveBeenCalledTimes(2);
  });

  it('reads again when the messages are back, and now and then for the one that never comes', async () => {
    const { api, realtime } = await prepare();

    realtime.reconnect();
    await vi.advanceTimersByTimeAsync(300);
    expect(api.listReviews).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(api.listReviews).toHaveBeenCalledTimes(3);
  });

  it('stays on its photo while others leave, and goes to the next when it leaves itself', async () => {
    const { result, realtime, current, waiting } = await prepare();
    result.move(1);
    await vi.advanceTimersByTimeAsync(0);

    realtime.emit('staff/photos', { type: 'PhotoPublished', data: { photoId: 'a' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(current()).toBe('b');
    realtime.emit('staff/photos', { type: 'PhotoRejected', data: { photoId: 'b' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(current()).toBe('c');
    expect(waiting()).toEqual(['c']);
  });

  it('lets go of a photo whose time is over', async () => {
    const { waiting } = await prepare();
    await vi.advanceTimersByTimeAsync(14 * 60_000 + 1000);
    expect(waiting()).toEqual(['b', 'c']);
  });

  it('does not fetch a picture again because its link was signed anew', async () => {
    const { api, realtime, result } = await prepare();
    api.listReviews.mockResolvedValue(page(review('a', 0, 'signed-anew')));

    realtime.emit('staff/photos', { type: 'PhotoReviewRequested', data: { photoId: 'd' } });
    await vi.advanceTimersByTimeAsync(300);
    expect(result.current.value?.picture.url).toBe('http://uploads.example/a');

    // In its last minute the link is of no use to anybody.
    vi.setSystemTime(start + 14.5 * 60_000);
    realtime.emit('staff/photos', { type: 'PhotoReviewRequested', data: { photoId: 'd' } });
    await vi.advanceTimersByTimeAsync(300);
    expect(result.current.value?.picture.url).toBe('http://uploads.example/signed-anew');
  });
});

describe('a decision', () => {
  it('takes the photo off the queue at once and shows the next', async () => {
    const { api, result, decide, current } = await prepare();

    const sent = decide({ decision: 'reject', reason: 'PEOPLE' });
    expect(current()).toBe('b');
    await sent;

    expect(api.decideReview).toHaveBeenCalledWith(
      'a',
      { decision: 'reject', reason: 'PEOPLE' },
      expect.any(String),
    );
    expect(result.said.value).toBe('Rejected: people in it.');
  });

  it('is not shown again although the list that is read next still has the photo', async () => {
    const { realtime, decide, waiting } = await prepare();
    await decide();

    realtime.emit('staff/photos', { type: 'PhotoReviewRequested', data: { photoId: 'd' } });
    await vi.advanceTimersByTimeAsync(300);

    expect(waiting()).toEqual(['b', 'c']);
  });

  it('says kindly who was first, and lets the photo go', async () => {
    const { api, decide, waiting, toasts } = await prepare();
    const message = 'Another ranger was first: approved.';
    api.decideReview.mockRejectedValueOnce(new ApiError(409, { code: 'CONFLICT', message }));

    await decide();

    expect(toasts()).toEqual([message]);
    expect(waiting()).toEqual(['b', 'c']);
  });

  it('puts the photo back when it did not arrive, and is the same request when it is sent again', async () => {
    const { api, result, decide, current, waiting, toasts } = await prepare();
    api.decideReview.mockRejectedValueOnce(new OfflineError());

    await decide();
    expect(current()).toBe('b');
    expect(waiting()).toEqual(['a', 'b', 'c']);
    expect(toasts()).toEqual([messages.review.notDecided(messages.errors.offline)]);
    result.move(-1);
    await decide();

    const [first, second] = api.decideReview.mock.calls;
    expect(second?.[2]).toBe(first?.[2]);
    expect(current()).toBe('b');
  });
});
