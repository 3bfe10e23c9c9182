import { describe, expect, it, vi } from 'vitest';
import { photoStatuses } from '#contracts/photos.ts';
import { logger } from '#platform/logger.ts';
import { RecordingBus } from '#platform/testing/recording-bus.ts';
import { MemoryPhotoStore } from '../../testing/memory-photo-store.ts';
import { later, ownerId, photo, photoId, photoIn, placeId, sampleId } from '../../testing/samples.ts';
import { routeUpload, uploadNotification } from './route-upload.ts';

const warned = vi.spyOn(logger, 'warn').mockImplementation(() => undefined);
const key = `uploads/auth0%7Crose/${photoId}`;
const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
const notification = (...keys: string[]) =>
  uploadNotification.parse({
    Records: keys.map((one) => ({
      eventName: 'ObjectCreated:Post',
      s3: { bucket: { name: 'uploads' }, object: { key: encode(one), size: 5, eTag: 'e' } },
    })),
  });

function prepare(...photos: ReturnType<typeof photo>[]) {
  const store = new MemoryPhotoStore(...photos);
  const bus = new RecordingBus();
  const routing = { active: 'v1' };
  const route = routeUpload({
    photos: store,
    routing: { get: async () => routing },
    bus,
    now: () => later(5),
    claimWithinSeconds: 60,
  });
  return { store, bus, routing, route };
}

describe('routeUpload', () => {
  it('marks the photo and hands it to the version chosen', async () => {
    const { store, bus, route } = prepare(photo());
    await route(notification(key));
    const at = later(5).toISOString();
    expect(store.photos.get(photoId)).toMatchObject({
      status: 'UPLOADED',
      statusAt: at,
      workflow: 'v1',
      size: 5,
    });
    expect(store.due.get(photoId)).toBe(later(65).toISOString());
    expect(bus.events).toEqual([
      {
        name: 'PhotoUploaded',
        metadata: { journeyId: photoId, ownerId, occurredAt: at },
        data: { photoId, placeId, workflow: 'v1', bucket: 'uploads', key, size: 5, etag: 'e' },
      },
    ]);
  });

  it('sends the very same event again for a repeated notification, whatever the routing says by then', async () => {
    const { bus, routing, route } = prepare(photo());
    await route(notification(key));
    routing.active = 'v2';
    await route(notification(key));
    expect(bus.events).toHaveLength(2);
    expect(bus.events[1]).toEqual(bus.events[0]);
  });

  it.each(photoStatuses)('knows what to do with a photo that is %s', async (status) => {
    const { store, bus, route } = prepare(photoIn(status));
    await route(notification(key));
    const waits = status === 'AWAITING_UPLOAD' || status === 'UPLOADED';
    expect(bus.events).toHaveLength(waits ? 1 : 0);
    expect(store.photos.get(photoId)?.status).toBe(waits ? 'UPLOADED' : status);
  });

  it('sends nothing when the photo was forgotten in between', async () => {
    const { store, bus, route } = prepare(photo());
    vi.spyOn(store, 'markUploaded').mockImplementation(async () => {
      store.photos.clear();
      return false;
    });
    await route(notification(key));
    expect(bus.events).toEqual([]);
  });

  it.each([
    ['of nobody', `uploads/rose/${sampleId(9)}`],
    ['in another user’s folder', `uploads/vic/${photoId}`],
    ['with another form of key', 'uploads/readme.txt'],
  ])('ignores an object %s', async (_what, other) => {
    const { bus, route } = prepare(photo());
    await route(notification(other));
    expect(bus.events).toEqual([]);
    expect(warned).toHaveBeenLastCalledWith('Object without a photo ignored', expect.anything());
    expect(JSON.stringify(warned.mock.lastCall)).not.toContain(other);
  });

  it.each(['a b', 'a+b', 'a/b', 'a%20b', 'ü🌲', '#?*&='])(
    'reads the key of the user %j as S3 writes it',
    async (user) => {
      const one = photo({ ownerId: user });
      const { bus, route } = prepare(one);
      await route(notification(one.key));
      expect(bus.events[0]?.data.key).toBe(one.key);
    },
  );

  it('works on every object of a notification', async () => {
    const other = photo({ photoId: sampleId(7) });
    const { bus, route } = prepare(photo(), other);
    await route(notification(key, other.key));
    expect(bus.events.map(({ data }) => data.photoId)).toEqual([photoId, sampleId(7)]);
  });
});

describe('uploadNotification', () => {
  it('takes the test message of S3 for no objects', () => {
    const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'uploads' };
    expect(uploadNotification.parse(test)).toEqual({ Records: [] });
  });

  it.each([{}, { Event: 'other' }, { Records: [{ s3: {} }] }, { Records: 'x' }, null])(
    'refuses %j',
    (message) => {
      expect(uploadNotification.safeParse(message).success).toBe(false);
    },
  );
});
