import { describe, expect, it } from 'vitest';
import { photoViewPage, searchPhotosQuery } from '#contracts/api/photos.ts';
import { type PhotoStatus, photoStatuses } from '#contracts/photos.ts';
import { MemoryPhotoStore } from '../../testing/memory-photo-store.ts';
import { MemoryPlaceStore } from '../../testing/memory-place-store.ts';
import { later, photoIn, place, placeId, sampleId } from '../../testing/samples.ts';
import { searchPhotos } from './search-photos.ts';

const barista = { userId: 'bo', groups: ['baristas'] };
const elsewhere = sampleId(900);
/** Seven photos in each status, two of them at another place. */
const photos = photoStatuses.flatMap((status, row) =>
  Array.from({ length: 7 }, (_, number) => {
    const at = later(number).toISOString();
    return photoIn(status, {
      photoId: sampleId(1000 + row * 10 + number),
      placeId: number < 2 ? elsewhere : placeId,
      statusAt: at,
      ...(status === 'PUBLISHED' && { publishedAt: at }),
    });
  }),
);

function prepare() {
  const store = new MemoryPhotoStore(...photos);
  for (const { photoId, status, statusAt } of photos) {
    if (['AWAITING_UPLOAD', 'UPLOADED', 'PROCESSING'].includes(status)) store.due.set(photoId, statusAt);
  }
  const search = searchPhotos({ photos: store, places: new MemoryPlaceStore(place()) });
  return (query: object) => search({ caller: barista, query: searchPhotosQuery.parse(query) });
}

const expected = (status: PhotoStatus, where?: string) =>
  photos
    .filter((one) => one.status === status && (where === undefined || one.placeId === where))
    .map((one) => one.photoId)
    .reverse();

describe('searchPhotos', () => {
  it.each([
    ['UPLOADED', undefined],
    ['UPLOADED', placeId],
    ['PROCESSING', undefined],
    ['IN_REVIEW', undefined],
    ['REJECTED', placeId],
    ['FAILED', undefined],
    ['PUBLISHED', placeId],
    ['PUBLISHED', elsewhere],
  ] as const)('lists %s photos of %s newest first, page by page', async (status, where) => {
    const search = prepare();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ status, placeId: where, limit: 2, ...(cursor && { cursor }) });
      expect(photoViewPage.parse(page)).toEqual(page);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((one) => one.photoId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(expected(status, where));
    expect(seen.length).toBeGreaterThan(0);
  });

  it('names the places that there are', async () => {
    const { items } = await prepare()({ status: 'FAILED' });
    expect(new Set(items.map((one) => `${one.placeId} ${one.placeName}`))).toEqual(
      new Set([`${placeId} Yosemite Valley`, `${elsewhere} undefined`]),
    );
    expect(items[0]).toMatchObject({ attempts: 0, retryable: true });
  });

  it('refuses a cursor that no page gave', async () => {
    await expect(prepare()({ status: 'FAILED', cursor: 'abc' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });

  it.each([{ status: 'PUBLISHED' }, { status: 'AWAITING_UPLOAD' }, { status: 'DELETED' }, {}])(
    'has no list of %j',
    (query) => {
      expect(searchPhotosQuery.safeParse(query).success).toBe(false);
    },
  );
});
