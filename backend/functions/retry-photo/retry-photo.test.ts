import { describe, expect, it, vi } from 'vitest';
import { photoView } from '#contracts/api/photos.ts';
import { photoStatuses } from '#contracts/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { logger } from '#platform/logger.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { RecordingBus } from '#platform/testing/recording-bus.ts';
import type { Arrival } from '../../stores/originals.ts';
import { MemoryPhotoStore } from '../../testing/memory-photo-store.ts';
import { later, ownerId, photoId, photoIn } from '../../testing/samples.ts';
import { retryPhoto } from './retry-photo.ts';

const owner: Caller = { userId: ownerId, groups: [] };
const stranger: Caller = { userId: 'vic', groups: [] };
const barista: Caller = { userId: 'bo', groups: ['baristas'] };
const path = { photoId };
const failed = photoIn('FAILED', {
  reason: 'WORKFLOW_FAILED',
  message: 'M',
  attempts: 3,
  executionId: 'old',
  labels: [],
});
const timedOut = photoIn('REJECTED', { reason: 'REVIEW_TIMED_OUT', message: 'M' });

function prepare(photo?: PhotoItem) {
  const photos = new MemoryPhotoStore(...(photo ? [photo] : []));
  const bus = new RecordingBus();
  const found: { arrival: Arrival | undefined } = {
    arrival: { bucket: 'uploads', key: 'k', size: 1, etag: 'e' },
  };
  const retry = retryPhoto({
    photos,
    originals: { find: async () => found.arrival },
    routing: { get: async () => ({ active: 'v3' }) },
    bus,
    now: () => later(60),
    claimWithinSeconds: 120,
  });
  return { photos, bus, found, retry };
}

describe('retryPhoto', () => {
  it.each([
    ['the owner after a failure', failed, owner],
    ['the staff after a failure', failed, barista],
    ['the owner whom no ranger answered', timedOut, owner],
  ])('lets %s send it to the version that is active now, from the start', async (_who, photo, caller) => {
    const { photos, bus, retry } = prepare(photo);
    const view = await retry({ path, caller });
    expect(photoView.parse(view)).toMatchObject({ status: 'UPLOADED', workflow: 'v3', retryable: false });
    expect(view.reason).toBeUndefined();
    const at = later(60).toISOString();
    expect(photos.photos.get(photoId)).toMatchObject({ statusAt: at, attempts: 0, executionId: undefined });
    expect(photos.due.get(photoId)).toBe(later(180).toISOString());
    expect(bus.events).toMatchObject([
      {
        name: 'PhotoUploaded',
        metadata: {
          journeyId: photoId,
          ownerId,
          notify: ['users/auth0%7Crose', 'staff/photos'],
          occurredAt: at,
        },
        data: { photoId, workflow: 'v3', key: photo.key, etag: 'abc', size: photo.size },
      },
    ]);
  });

  it('of two at once lets one win', async () => {
    const { bus, retry } = prepare(failed);
    const both = await Promise.allSettled([retry({ path, caller: owner }), retry({ path, caller: barista })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'CONFLICT' }) }),
    );
    expect(bus.events).toHaveLength(1);
  });

  it.each(photoStatuses)('knows who may retry a photo that is %s', async (status) => {
    const attempt = (caller: Caller | undefined) =>
      prepare(photoIn(status))
        .retry({ path, caller })
        .then(
          () => 'done',
          ({ code }) => code,
        );
    const gone = status === 'DELETED' && 'NOT_FOUND';
    const allowed = gone || (status === 'FAILED' ? 'done' : 'CONFLICT');
    for (const caller of [owner, barista]) expect(await attempt(caller)).toBe(allowed);
    const hidden = status === 'PUBLISHED' ? 'FORBIDDEN' : 'NOT_FOUND';
    for (const caller of [stranger, undefined]) expect(await attempt(caller)).toBe(hidden);
  });

  it.each([
    ['the staff, who decide and do not ask', timedOut, barista, /Only its visitor/],
    ['after a ranger’s refusal', photoIn('REJECTED', { reason: 'PEOPLE' }), owner, /REJECTED/],
  ])('is closed to %s', async (_who, photo, caller, message) => {
    const { bus, retry } = prepare(photo);
    await expect(retry({ path, caller })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(message),
    });
    expect(bus.events).toEqual([]);
  });

  it('needs the original', async () => {
    const { photos, found, retry } = prepare(failed);
    found.arrival = undefined;
    await expect(retry({ path, caller: owner })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/no longer kept/),
    });
    expect(photos.photos.get(photoId)).toEqual(failed);
  });

  it('stands when the bus is down, because the sweeper sends what nobody claimed', async () => {
    const logged = vi.spyOn(logger, 'error').mockImplementation(() => undefined);
    const { bus, photos, retry } = prepare(failed);
    vi.spyOn(bus, 'publish').mockRejectedValue(new Error('down'));
    expect(await retry({ path, caller: owner })).toMatchObject({ status: 'UPLOADED' });
    expect(photos.due.has(photoId)).toBe(true);
    expect(logged).toHaveBeenCalledOnce();
  });

  it('knows no photo that does not exist', async () => {
    const attempt = prepare().retry({ path, caller: barista });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
