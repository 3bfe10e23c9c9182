import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listPlacesQuery } from '#contracts/api/places.ts';
import { placeTypes } from '#contracts/places.ts';
import type { PlaceItem } from '#contracts/tables/items.ts';
import { sortableName } from '#contracts/tables/keys.ts';
import { distance } from '../../stores/place-store.ts';
import { MemoryPlaceStore } from '../../testing/memory-place-store.ts';
import { place, sampleId } from '../../testing/samples.ts';
import { listPlaces } from './list-places.ts';

/** Places crowded round one point on the date line, so that distances and names are often equal. */
const somePlaces = fc
  .array(
    fc.record({
      lat: fc.constantFrom(0, 0.1, -0.1, 0.2),
      lng: fc.constantFrom(180, -180, 179.9, -179.9, 179.5),
      type: fc.constantFrom(...placeTypes),
      name: fc.constantFrom('Zion', 'zion', 'Äsch', 'Asch', 'Bar'),
    }),
    { maxLength: 25 },
  )
  .map((some) =>
    some.map(({ lat, lng, ...rest }, index) =>
      place({ ...rest, placeId: sampleId((index * 7919) % 1000), location: { lat, lng } }),
    ),
  );

/** All pages of a query, one after the other. */
async function allPages(places: readonly PlaceItem[], query: Record<string, string>): Promise<string[]> {
  const list = listPlaces({ places: new MemoryPlaceStore(...places) });
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 40; page += 1) {
    const parsed = listPlacesQuery.parse({ ...query, ...(cursor && { cursor }) });
    const { items, nextCursor } = await list({ query: parsed });
    expect(items.length).toBeLessThanOrEqual(parsed.limit);
    ids.push(...items.map(({ placeId }) => placeId));
    cursor = nextCursor;
    if (!cursor) return ids;
  }
  throw new Error('Expected the pages to end');
}

const near = { lat: 0, lng: 179.95 };
const limits = fc.integer({ min: 1, max: 7 });
const types = fc.option(fc.constantFrom(...placeTypes), { nil: undefined });

describe('listPlaces', () => {
  it('near a point gives each place within the radius once, by distance, whatever the page', async () => {
    await fc.assert(
      fc.asyncProperty(
        somePlaces,
        limits,
        types,
        fc.constantFrom(5_000, 20_000, 60_000),
        async (places, limit, type, radius) => {
          const paged = await allPages(places, {
            near: '0,179.95',
            radius: String(radius),
            limit: String(limit),
            ...(type && { type }),
          });
          const metres = (one: PlaceItem) => Math.round(distance(near, one.location));
          const naive = places
            .filter((one) => (!type || one.type === type) && metres(one) <= radius)
            .sort((a, b) => metres(a) - metres(b) || (a.placeId < b.placeId ? -1 : 1));
          expect(paged).toEqual(naive.map(({ placeId }) => placeId));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('by name gives each place once, whatever the page, the type and the start of the name', async () => {
    const starts = fc.constantFrom(undefined, 'z', 'ä', 'ASCH', 'nothing');
    await fc.assert(
      fc.asyncProperty(somePlaces, limits, types, starts, async (places, limit, type, q) => {
        const paged = await allPages(places, {
          limit: String(limit),
          ...(type && { type }),
          ...(q && { q }),
        });
        const naive = places.filter(
          (one) => (!type || one.type === type) && sortableName(one.name).startsWith(sortableName(q ?? '')),
        );
        expect([...paged].sort()).toEqual(naive.map(({ placeId }) => placeId).sort());
      }),
      { numRuns: 60 },
    );
  });

  it('looks 50 km far unless told, and says how far each place is', async () => {
    const list = listPlaces({ places: new MemoryPlaceStore(place()) });
    const at = (text: string) => list({ query: listPlacesQuery.parse({ near: text }) });
    expect((await at('37.74,-119.58')).items[0]?.distance).toBe(0);
    expect((await at('37.74,-119.1')).items[0]?.distance).toBeGreaterThan(40_000);
    expect((await at('37.74,-118.9')).items).toEqual([]);
  });

  it('refuses a cursor of the other list and of another search', async () => {
    const places = new MemoryPlaceStore(place(), place({ placeId: sampleId(3), name: 'Zion' }));
    const list = listPlaces({ places });
    const ask = (query: object) => list({ query: listPlacesQuery.parse({ limit: 1, ...query }) });
    const { nextCursor: byName } = await ask({});
    const { nextCursor: byDistance } = await ask({ near: '37.74,-119.58' });
    expect(byName && byDistance).toBeTruthy();
    for (const wrong of [{ near: '1,1', cursor: byName }, { q: 'a', cursor: byName }, { cursor: 'AAAA' }]) {
      await expect(ask(wrong)).rejects.toMatchObject({ name: 'InvalidError' });
    }
  });
});
