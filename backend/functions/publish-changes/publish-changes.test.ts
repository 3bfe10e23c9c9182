import { describe, expect, it, vi } from 'vitest';
import { photoStatuses } from '#contracts/photos.ts';
import { RecordingBus } from '#platform/testing/recording-bus.ts';
import { ownerId, photoId, photoIn, placeId, time } from '../../testing/samples.ts';
import { deadLetter, publishChange } from './publish-changes.ts';

function prepare() {
  const bus = new RecordingBus();
  const count = vi.fn();
  return { bus, count, publish: publishChange({ bus, count }) };
}
const user = 'users/auth0%7Crose';
const place = `places/${placeId}`;
const staff = 'staff/photos';
const reviewBy = '2026-05-01T10:15:00.000Z';
const common = { photoId, placeId, workflow: 'v1' };
const reasons = { reason: 'CORRUPT', message: 'Send it again.' };

describe('publishChange', () => {
  it.each([
    ['PROCESSING', 'PhotoProcessingStarted', [user], common],
    ['PUBLISHED', 'PhotoPublished', [place, user], { ...common, publishedAt: time }],
    ['REJECTED', 'PhotoRejected', [user], { ...common, ...reasons }],
    ['IN_REVIEW', 'PhotoReviewRequested', [user, staff], { ...common, reviewBy }],
    ['FAILED', 'PhotoFailed', [user, staff], { ...common, ...reasons }],
    ['DELETED', 'PhotoDeleted', [place, user], { ...common, reason: 'DELETED_BY_STAFF' }],
  ] as const)('tells of %s by %s to %j', async (status, name, notify, data) => {
    const { bus, count, publish } = prepare();
    await publish({
      before: { status: 'UPLOADED' },
      after: photoIn(status, {
        reviewBy,
        ...(status === 'DELETED' ? { reason: 'DELETED_BY_STAFF' } : reasons),
      }),
    });
    const metadata = { journeyId: photoId, ownerId, occurredAt: time, notify };
    expect(bus.events).toEqual([{ name, metadata, data }]);
    expect(count).toHaveBeenCalledExactlyOnceWith(name, 'v1');
  });

  it.each(['AWAITING_UPLOAD', 'UPLOADED'] as const)('is silent about %s', async (status) => {
    const { bus, count, publish } = prepare();
    await publish({ before: undefined, after: photoIn(status) });
    expect(bus.events).toEqual([]);
    expect(count).not.toHaveBeenCalled();
  });

  it.each(photoStatuses)('is silent when a photo stays %s', async (status) => {
    const { bus, publish } = prepare();
    await publish({ before: { status }, after: photoIn(status) });
    expect(bus.events).toEqual([]);
  });

  it.each([
    ['PUBLISHED', [place, user, staff]],
    ['REJECTED', [user, staff]],
    ['FAILED', [user, staff]],
  ] as const)('tells the staff once that a review ended in %s', async (status, notify) => {
    const { bus, publish } = prepare();
    await publish({ before: { status: 'IN_REVIEW' }, after: photoIn(status, reasons) });
    expect(bus.events[0]?.metadata.notify).toEqual(notify);
  });

  it('never tells the token, the labels or who decided', async () => {
    const { bus, publish } = prepare();
    const secret = { taskToken: 'secret', decidedBy: 'secret', labels: [{ name: 'secret', confidence: 1 }] };
    for (const status of photoStatuses) {
      await publish({ before: undefined, after: photoIn(status, { reviewBy, ...secret }) });
    }
    expect(bus.events.length).toBeGreaterThan(5);
    expect(JSON.stringify(bus.events)).not.toContain('secret');
  });

  it('never puts the owner into data that a public topic carries', async () => {
    const { bus, publish } = prepare();
    for (const status of ['PUBLISHED', 'DELETED'] as const) {
      await publish({ before: undefined, after: photoIn(status, { author: 'Rose', caption: 'mine' }) });
    }
    expect(JSON.stringify(bus.events.map(({ data }) => data))).not.toMatch(/auth0|Rose|mine|uploads/);
  });

  it('gives a reason even when the workflow gave none', async () => {
    const { bus, publish } = prepare();
    await publish({ before: undefined, after: photoIn('FAILED') });
    expect(bus.events[0]?.data).toMatchObject({ reason: 'UNKNOWN', message: '' });
  });

  it('counts nothing that the bus did not take', async () => {
    const count = vi.fn();
    const publish = publishChange({ bus: { publish: () => Promise.reject(new Error('down')) }, count });
    await expect(publish({ before: undefined, after: photoIn('FAILED') })).rejects.toThrow('down');
    expect(count).not.toHaveBeenCalled();
  });
});

describe('deadLetter', () => {
  it('keeps a record but for the token that it may hold', () => {
    const image = { status: { S: 'IN_REVIEW' }, taskToken: { S: 'secret' } };
    const letter = deadLetter({ eventID: '1', dynamodb: { OldImage: image, NewImage: image } });
    const kept = { status: { S: 'IN_REVIEW' } };
    expect(JSON.parse(letter)).toEqual({ eventID: '1', dynamodb: { OldImage: kept, NewImage: kept } });
  });
});
