import { describe, expect, it, vi } from 'vitest';
import { photoStatuses, unfinishedStatuses } from '#contracts/photos.ts';
import { logger } from '#platform/logger.ts';
import { RecordingBus } from '#platform/testing/recording-bus.ts';
import type { Arrival } from '../../stores/originals.ts';
import { MemoryPhotoStore } from '../../testing/memory-photo-store.ts';
import { later, photo, photoId, photoIn, sampleId } from '../../testing/samples.ts';
import { sweepPhotos } from './sweep-photos.ts';

vi.spyOn(logger, 'info').mockImplementation(() => undefined);
const log = vi.spyOn(logger, 'error').mockImplementation(() => undefined);
const nothing = { sentAgain: 0, failed: 0, rejected: 0, routed: 0, forgotten: 0 };

function prepare(...photos: ReturnType<typeof photo>[]) {
  const store = new MemoryPhotoStore(...photos);
  for (const one of photos) store.due.set(one.photoId, later(0).toISOString());
  const bus = new RecordingBus();
  const clock = { seconds: 10 };
  const found: { arrival: Arrival | undefined } = { arrival: undefined };
  const routeArrival = vi.fn(async () => undefined);
  const count = vi.fn();
  const sweep = sweepPhotos({
    photos: store,
    originals: { find: async () => found.arrival },
    routing: { get: async () => ({ active: 'v2' }) },
    bus,
    routeArrival,
    count,
    now: () => later(clock.seconds),
    claimWithinSeconds: 60,
  });
  return { store, bus, clock, found, routeArrival, count, sweep };
}

describe('sweepPhotos', () => {
  it('sends a photo that nobody claimed to the version that is active now', async () => {
    const { store, bus, count, sweep } = prepare(photoIn('UPLOADED'));
    expect(await sweep()).toEqual({ ...nothing, sentAgain: 1 });
    expect(store.photos.get(photoId)).toMatchObject({ status: 'UPLOADED', attempts: 1, workflow: 'v2' });
    expect(store.due.get(photoId)).toBe(later(70).toISOString());
    expect(bus.events[0]).toMatchObject({
      name: 'PhotoUploaded',
      data: { photoId, workflow: 'v2', etag: 'abc' },
    });
    expect(count).toHaveBeenCalledExactlyOnceWith('PhotoSentAgain', 'v2');
  });

  it.each(['UPLOADED', 'PROCESSING'] as const)(
    'sends a photo that stays %s three times, then fails it',
    async (status) => {
      const { store, bus, clock, sweep } = prepare(photoIn(status, { etag: undefined }));
      const sweeps = [];
      for (let run = 0; run < 6; run += 1) {
        sweeps.push(await sweep());
        clock.seconds += 100;
      }
      expect(sweeps.map(({ sentAgain }) => sentAgain)).toEqual([1, 1, 1, 0, 0, 0]);
      expect(sweeps.map(({ failed }) => failed)).toEqual([0, 0, 0, 1, 0, 0]);
      expect(bus.names).toEqual(['PhotoUploaded', 'PhotoUploaded', 'PhotoUploaded']);
      expect(store.photos.get(photoId)).toMatchObject({
        status: 'FAILED',
        reason: 'ATTEMPTS_EXHAUSTED',
        message: expect.stringMatching(/send it again/),
      });
    },
  );

  it('leaves a photo alone whose lease runs, until it is over', async () => {
    const leaseExpiresAt = later(30).toISOString();
    const { clock, sweep } = prepare(photoIn('PROCESSING', { leaseExpiresAt, attempts: 3 }));
    expect(await sweep()).toEqual(nothing);
    clock.seconds = 31;
    expect(await sweep()).toEqual({ ...nothing, failed: 1 });
  });

  it.each([
    [{}, 'REJECTED', 'REVIEW_TIMED_OUT', /Ask again/],
    [{ decision: 'reject', reason: 'PEOPLE', message: 'M' }, 'REJECTED', 'PEOPLE', /^M$/],
    [{ decision: 'approve' }, 'FAILED', 'WORKFLOW_FAILED', /not your fault/],
  ] as const)(
    'ends the review %j of an execution that died as %s, %s',
    async (decided, status, reason, words) => {
      const leaseExpiresAt = later(30).toISOString();
      const { store, bus, clock, sweep } = prepare(photoIn('IN_REVIEW', { leaseExpiresAt, ...decided }));
      expect(await sweep()).toEqual(nothing);
      clock.seconds = 31;
      expect(await sweep()).toEqual({ ...nothing, [status.toLowerCase()]: 1 });
      expect(store.photos.get(photoId)).toMatchObject({
        status,
        statusAt: later(31).toISOString(),
        reason,
        message: expect.stringMatching(words),
      });
      expect(bus.events).toEqual([]);
    },
  );

  it('looks at no photo before its time', async () => {
    const { clock, bus, sweep } = prepare(photoIn('UPLOADED'));
    clock.seconds = -1;
    expect(await sweep()).toEqual(nothing);
    expect(bus.events).toEqual([]);
  });

  it('routes a photo whose bytes came and whose notification was lost', async () => {
    const { found, routeArrival, sweep } = prepare(photo());
    found.arrival = { bucket: 'uploads', key: 'k', size: 1, etag: 'e' };
    expect(await sweep()).toEqual({ ...nothing, routed: 1 });
    expect(routeArrival).toHaveBeenCalledExactlyOnceWith(found.arrival);
  });

  it('forgets a photo whose bytes never came', async () => {
    const { store, sweep } = prepare(photo());
    expect(await sweep()).toEqual({ ...nothing, forgotten: 1 });
    expect(store.photos.size).toBe(0);
  });

  const finished = photoStatuses.filter(
    (one) => !unfinishedStatuses.some((unfinished) => unfinished === one),
  );
  it.each(finished)('leaves a photo that is %s as it is', async (status) => {
    const { bus, sweep } = prepare(photoIn(status, { attempts: 3 }));
    expect(await sweep()).toEqual(nothing);
    expect(bus.events).toEqual([]);
  });

  it.each([
    ['drop', photo()],
    ['markSentAgain', photoIn('UPLOADED')],
    ['markFailed', photoIn('UPLOADED', { attempts: 3 })],
    ['markFailed', photoIn('IN_REVIEW', { decision: 'approve' })],
    ['markRejected', photoIn('IN_REVIEW')],
  ] as const)('counts and sends nothing when another moved the photo before %s', async (write, one) => {
    const { store, bus, sweep } = prepare(one);
    vi.spyOn(store, write).mockResolvedValue(false);
    expect(await sweep()).toEqual(nothing);
    expect(bus.events).toEqual([]);
  });

  it('passes over a photo that is gone', async () => {
    const { store, sweep } = prepare(photoIn('UPLOADED'));
    store.photos.clear();
    expect(await sweep()).toEqual(nothing);
  });

  it('sweeps the others when one cannot be swept, and fails after them', async () => {
    const ids = Array.from({ length: 16 }, (_, number) => sampleId(number));
    const { store, bus, sweep } = prepare(...ids.map((id) => photoIn('UPLOADED', { photoId: id })));
    const get = store.get.bind(store);
    vi.spyOn(store, 'get').mockImplementation((id) =>
      id === ids[0] ? Promise.reject(new Error('bad')) : get(id),
    );
    await expect(sweep()).rejects.toThrow(/1 error/);
    expect(bus.events.map(({ data }) => data.photoId).sort()).toEqual(ids.slice(1).sort());
    expect(log).toHaveBeenCalledWith('Photo not swept', { photoId: ids[0], error: expect.any(Error) });
  });
});
