import { beforeAll, describe, expect, it } from 'vitest';
import { photoViewPage, publicPhotoPage } from '#contracts/api/photos.ts';
import { type Place, placePage } from '#contracts/api/places.ts';
import { callApi } from '../support/api.ts';
import { createPlace, expectBody, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { ranger, visitor, web } from './app.ts';

let staff: User;
beforeAll(async () => {
  staff = await ranger();
});

const placesOf = async (query: string) =>
  expectBody(placePage, 200, await callApi(web, 'GET', `/places?${query}`));

/** Reads a list to its end, page by page. */
async function readAll<Item>(
  read: (cursor: string) => Promise<{ items: Item[]; nextCursor?: string | undefined }>,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined && pages.length < 50) {
    const page: { items: Item[]; nextCursor?: string | undefined } = await read(
      cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`,
    );
    pages.push(page.items);
    cursor = page.nextCursor;
  }
  return pages;
}

const idsOf = (places: readonly Place[]) => places.map(({ placeId }) => placeId);

describe('Places', () => {
  it('near a point come by distance, within the radius, page by page, each once', async () => {
    // Prepare: a row to the north of a point that no other test uses.
    const row = [];
    for (const step of [3, 1, 5, 2, 4]) {
      const location = { lat: -40 + step * 0.01, lng: 80 };
      row.push({ step, ...(await createPlace(web, staff, { name: `Row ${step}`, location })) });
    }
    const expected = row.sort((a, b) => a.step - b.step).map(({ placeId }) => placeId);

    // Act
    const pages = await readAll((cursor) => placesOf(`near=-40,80&radius=4600&limit=2${cursor}`));

    // Assess
    expect(pages.map(idsOf)).toEqual([expected.slice(0, 2), expected.slice(2, 4)]);
    const distances = pages.flat().map(({ distance = 0 }) => distance);
    expect(distances).toEqual([1112, 2224, 3336, 4448]);
  });

  it('are found across the date line from both sides', async () => {
    // Prepare
    const east = await createPlace(web, staff, { name: 'East', location: { lat: -17, lng: 179.95 } });
    const west = await createPlace(web, staff, { name: 'West', location: { lat: -17, lng: -179.95 } });

    // Act
    const fromEast = await placesOf('near=-17,179.96&radius=20000');
    const fromWest = await placesOf('near=-17,-179.96&radius=20000');

    // Assess
    expect(idsOf(fromEast.items)).toEqual([east.placeId, west.placeId]);
    expect(idsOf(fromWest.items)).toEqual([west.placeId, east.placeId]);
  });

  it('round a pole are found whatever their longitude', async () => {
    // Prepare
    const places = [];
    for (const lng of [-120, 0, 120]) {
      places.push(await createPlace(web, staff, { name: `Pole ${lng}`, location: { lat: -89.99, lng } }));
    }

    // Act
    const { items } = await placesOf('near=-90,0&radius=5000');

    // Assess
    expect(idsOf(items).sort()).toEqual(idsOf(places).sort());
  });

  it('of one type are listed alone', async () => {
    // Prepare
    const location = { lat: -41, lng: 81 };
    await createPlace(web, staff, { name: 'A Park', location });
    const cafe = await createPlace(web, staff, { name: 'A Cafe', type: 'cafe', location });

    // Act
    const { items } = await placesOf('near=-41,81&radius=100&type=cafe');

    // Assess
    expect(idsOf(items)).toEqual([cafe.placeId]);
  });

  it('are found by the start of their name, whatever its case and accents, and paged by name', async () => {
    // Prepare
    const names = ['Zyx\u00c4bler C', 'ZYXaBLER a', 'zyx\u00e4bler B', 'Zyxabl', 'Zyxc'];
    for (const name of names)
      await createPlace(web, staff, { name, type: name.endsWith('B') ? 'bar' : 'park' });

    // Act
    const pages = await readAll((cursor) =>
      placesOf(`q=${encodeURIComponent('zyx\u00c4bler')}&limit=1${cursor}`),
    );

    // Assess
    expect(pages.flat().map(({ name }) => name)).toEqual([
      'ZYXaBLER a',
      'zyx\u00e4bler B',
      'Zyx\u00c4bler C',
    ]);
  });

  it('are all listed by name, each once, in small pages as in large ones', async () => {
    // Prepare
    for (const name of ['Listed One', 'Listed Two', 'Listed Three']) await createPlace(web, staff, { name });

    // Act
    const small = await readAll((cursor) => placesOf(`limit=7${cursor}`));
    const large = await readAll((cursor) => placesOf(`limit=100${cursor}`));

    // Assess
    const ids = idsOf(small.flat());
    expect(ids).toEqual(idsOf(large.flat()));
    expect(new Set(ids).size).toBe(ids.length);
    expect(small.slice(0, -1).every((page) => page.length === 7)).toBe(true);
  });
});

describe('Photos', () => {
  it('of a place and of a user come newest first, page by page, each once', async () => {
    // Prepare
    const owner = await visitor();
    const { placeId } = await createPlace(web, staff);
    const bytes = await phonePhoto();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const photoId = await upload(web, owner, placeId, bytes);
      await waitForEnd(web, owner, photoId, 'PUBLISHED');
      ids.unshift(photoId);
    }

    // Act
    const atPlace = await readAll(async (cursor) =>
      expectBody(
        publicPhotoPage,
        200,
        await callApi(web, 'GET', `/places/${placeId}/photos?limit=2${cursor}`),
      ),
    );
    const mine = await readAll(async (cursor) =>
      expectBody(
        photoViewPage,
        200,
        await callApi(web, 'GET', `/me/photos?limit=2${cursor}`, { token: owner.token }),
      ),
    );

    // Assess
    expect(atPlace.flat().map(({ photoId }) => photoId)).toEqual(ids);
    expect(mine.flat().map(({ photoId }) => photoId)).toEqual(ids);
    expect(atPlace[0]).toHaveLength(2);
  });
});
