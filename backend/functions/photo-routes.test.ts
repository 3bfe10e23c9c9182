import { describe, expect, it, vi } from 'vitest';
import { listPhotosQuery, requestUploadResponse } from '#contracts/api/photos.ts';
import { photoStatuses } from '#contracts/photos.ts';
import { encodeCursor } from '#platform/cursor.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { MemoryPhotoStore } from '../testing/memory-photo-store.ts';
import { MemoryPlaceStore } from '../testing/memory-place-store.ts';
import {
  later,
  ownerId,
  photo,
  photoId,
  photoIn,
  place,
  placeId,
  publishedPhoto,
  sampleId,
  time,
} from '../testing/samples.ts';
import { createPlace } from './create-place/create-place.ts';
import { deletePhoto } from './delete-photo/delete-photo.ts';
import { getJourney } from './get-journey/get-journey.ts';
import { getPhoto } from './get-photo/get-photo.ts';
import { getPlace } from './get-place/get-place.ts';
import { listMyPhotos } from './list-my-photos/list-my-photos.ts';
import { listPlacePhotos } from './list-place-photos/list-place-photos.ts';
import { requestUpload } from './request-upload/request-upload.ts';

const owner: Caller = { userId: ownerId, groups: [] };
const stranger = { userId: 'vic', groups: [] };
const ranger = { userId: 'ray', groups: ['rangers'] };
const barista = { userId: 'bo', groups: ['baristas'] };
const now = () => later(0);
const path = { photoId, placeId, journeyId: photoId };

describe('requestUpload', () => {
  const body = { contentType: 'image/jpeg' as const, size: 5 };
  function prepare() {
    const photos = new MemoryPhotoStore();
    const sign = vi.fn(async () => ({ url: 'https://uploads.example.com/', fields: { policy: 'p' } }));
    const forms = { sign };
    const places = new MemoryPlaceStore(place());
    const request = requestUpload({ places, photos, forms, bucket: 'uploads', newId: () => photoId, now });
    return { photos, sign, request };
  }

  it('announces the photo and signs a form for its one key', async () => {
    const { photos, sign, request } = prepare();
    const answer = await request({
      path,
      body: { ...body, caption: 'Fall' },
      caller: { ...owner, name: 'Rose' },
    });
    const key = `uploads/auth0%7Crose/${photoId}`;
    expect(requestUploadResponse.parse(answer)).toEqual(answer);
    expect(answer.upload.expiresAt).toBe(later(300).toISOString());
    expect(sign).toHaveBeenCalledExactlyOnceWith({ key, contentType: 'image/jpeg' });
    expect(photos.photos.get(photoId)).toEqual(photo({ key, size: 5, caption: 'Fall', author: 'Rose' }));
    expect(Date.parse(photos.due.get(photoId) ?? '')).toBeGreaterThan(Date.parse(answer.upload.expiresAt));
  });

  it('keeps no empty caption', async () => {
    const { photos, request } = prepare();
    await request({ path, body: { ...body, caption: '' }, caller: owner });
    expect(photos.photos.get(photoId)?.caption).toBeUndefined();
  });

  it('refuses an unknown place and a guest, and stores nothing', async () => {
    const { photos, request } = prepare();
    const elsewhere = request({ path: { placeId: sampleId(8) }, body, caller: owner });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(request({ path, body, caller: undefined })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(photos.photos.size).toBe(0);
  });
});

describe('getPhoto', () => {
  it.each(photoStatuses)('shows a photo that is %s to those who may see it only', async (status) => {
    const get = getPhoto({ photos: new MemoryPhotoStore(photoIn(status)), places: new MemoryPlaceStore() });
    const visible = async (caller: Caller | undefined) =>
      get({ path, caller }).then(
        () => true,
        (error) => {
          expect(error).toMatchObject({ code: 'NOT_FOUND' });
          return false;
        },
      );
    const [published, deleted] = [status === 'PUBLISHED', status === 'DELETED'];
    expect(await visible(undefined)).toBe(published);
    expect(await visible(stranger)).toBe(published);
    for (const caller of [owner, ranger, barista]) expect(await visible(caller)).toBe(!deleted);
  });

  it('knows no photo that does not exist', async () => {
    const attempt = getPhoto({ photos: new MemoryPhotoStore(), places: new MemoryPlaceStore() });
    await expect(attempt({ path, caller: ranger })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('names the place to the staff, and reads none for others', async () => {
    const places = new MemoryPlaceStore(place());
    const read = vi.spyOn(places, 'get');
    const get = getPhoto({ photos: new MemoryPhotoStore(publishedPhoto()), places });
    for (const caller of [undefined, stranger, owner]) {
      expect(await get({ path, caller })).not.toHaveProperty('placeName');
    }
    expect(read).not.toHaveBeenCalled();
    expect(await get({ path, caller: barista })).toMatchObject({ placeName: 'Yosemite Valley' });
    places.places.clear();
    expect(await get({ path, caller: barista })).not.toHaveProperty('placeName');
  });
});

describe('deletePhoto', () => {
  const done = 'done';
  const attempt = (status: (typeof photoStatuses)[number], caller: Caller | undefined) =>
    deletePhoto({ photos: new MemoryPhotoStore(photoIn(status)), now })({ path, caller }).then(
      () => done,
      ({ code }) => code,
    );

  it.each(photoStatuses)('of a photo that is %s', async (status) => {
    const allowed = status === 'PUBLISHED' || status === 'DELETED' ? done : 'CONFLICT';
    expect(await attempt(status, owner)).toBe(allowed);
    expect(await attempt(status, ranger)).toBe(allowed);
    const forbidden = status === 'PUBLISHED' ? 'FORBIDDEN' : 'NOT_FOUND';
    for (const caller of [stranger, barista, undefined])
      expect(await attempt(status, caller)).toBe(forbidden);
  });

  it.each([
    [owner, 'DELETED_BY_OWNER'],
    [ranger, 'DELETED_BY_STAFF'],
  ])('by %o is remembered for 30 days as %s', async (caller, reason) => {
    const photos = new MemoryPhotoStore(publishedPhoto());
    await deletePhoto({ photos, now })({ path, caller });
    const expiresAt = later(30 * 86_400).getTime() / 1000;
    expect(photos.photos.get(photoId)).toMatchObject({
      status: 'DELETED',
      statusAt: time,
      reason,
      expiresAt,
    });
  });

  it('is a success when another deletes at the same moment, and a miss when there is none', async () => {
    const photos = new MemoryPhotoStore(publishedPhoto());
    vi.spyOn(photos, 'markDeleted').mockImplementation(async () => {
      photos.photos.set(photoId, photoIn('DELETED'));
      return false;
    });
    await expect(deletePhoto({ photos, now })({ path, caller: owner })).resolves.toBeUndefined();
    const missing = deletePhoto({ photos: new MemoryPhotoStore(), now })({ path, caller: ranger });
    await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('lists of photos', () => {
  const many = Array.from({ length: 7 }, (_, number) =>
    publishedPhoto({
      photoId: sampleId(10 + number),
      publishedAt: later(Math.floor(number / 2)).toISOString(),
    }),
  );
  const photos = new MemoryPhotoStore(...many, photoIn('REJECTED', { photoId: sampleId(30) }));
  const query = (limit: number, cursor?: string) => listPhotosQuery.parse({ limit, cursor });
  const newestFirst = many.map((one) => one.photoId).reverse();

  it.each([1, 2, 3, 7, 50])('of a place come newest first in pages of %i', async (limit) => {
    const list = listPlacePhotos({ photos });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ path, query: query(limit, cursor) });
      ids.push(...page.items.map((one) => one.photoId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(ids).toEqual(newestFirst);
  });

  it('of a user hold every status, in pages, and are the user’s own', async () => {
    const list = listMyPhotos({ photos });
    const first = await list({ caller: owner, query: query(3) });
    const second = await list({ caller: owner, query: query(50, first.nextCursor) });
    const items = [...first.items, ...second.items];
    expect(items.map((one) => one.photoId)).toEqual([sampleId(30), ...newestFirst]);
    expect(items.every((one) => one.mine)).toBe(true);
    expect((await list({ caller: stranger, query: query(3) })).items).toEqual([]);
    await expect(list({ caller: undefined, query: query(3) })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('refuse each other’s cursors and made-up ones', async () => {
    const [ofPlace, ofUser] = [listPlacePhotos({ photos }), listMyPhotos({ photos })];
    const placeCursor = (await ofPlace({ path, query: query(1) })).nextCursor;
    const userCursor = (await ofUser({ caller: owner, query: query(1) })).nextCursor;
    for (const cursor of [userCursor, encodeCursor('x'), 'AAAA'])
      await expect(ofPlace({ path, query: query(1, cursor) })).rejects.toMatchObject({
        name: 'InvalidError',
      });
    for (const cursor of [placeCursor, encodeCursor('x'), 'AAAA'])
      await expect(ofUser({ caller: owner, query: query(1, cursor) })).rejects.toMatchObject({
        name: 'InvalidError',
      });
  });
});

describe('places', () => {
  it('are read by id', async () => {
    const get = getPlace({ places: new MemoryPlaceStore(place()) });
    expect(await get({ path })).toMatchObject({ placeId, name: 'Yosemite Valley' });
    await expect(get({ path: { placeId: sampleId(9) } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are created once for an id', async () => {
    const places = new MemoryPlaceStore();
    const create = createPlace({ places, newId: () => placeId, now });
    const { type, name, description, location } = place();
    const body = { type, name, description, location };
    expect(await create({ body })).toEqual({ placeId, ...body });
    expect(places.places.get(placeId)).toEqual(place());
    await expect(create({ body })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('getJourney', () => {
  const event = {
    entity: 'journey' as const,
    journeyId: photoId,
    eventId: '1',
    type: 'PhotoUploaded',
    source: 'happy-path.backend',
    occurredAt: time,
    data: { a: 1 },
    expiresAt: 2_000_000_000,
  };
  const events = [event, { ...event, ownerId, eventId: '2' }];
  const read = (caller: Caller | undefined, list = events) =>
    getJourney({ journeys: { list: async () => list }, now })({ path, caller });

  it('shows the events to the owner and the staff, without whose they are', async () => {
    const { eventId, type, source, data } = event;
    for (const caller of [owner, ranger, barista]) {
      const journey = await read(caller);
      expect(journey.events[0]).toEqual({ eventId, type, source, data, time });
      expect(JSON.stringify(journey)).not.toContain(ownerId);
    }
  });

  it('does not exist for others, nor without events', async () => {
    await expect(read(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(read(undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(read(ranger, [])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(read(owner, events.slice(0, 1))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('asks for the events that hold at this second', async () => {
    const list = vi.fn(async () => events);
    await getJourney({ journeys: { list }, now: () => new Date(1999) })({ path, caller: ranger });
    expect(list).toHaveBeenCalledExactlyOnceWith(photoId, 1);
  });
});
