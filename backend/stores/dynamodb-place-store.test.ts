import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeKeys } from '#contracts/tables/keys.ts';
import { stubDynamoDb } from '#platform/testing/stub-client.ts';
import { place, placeId, sampleId } from '../testing/samples.ts';
import { cells, DynamoDbPlaceStore } from './dynamodb-place-store.ts';
import { type Box, boxAround, distance } from './place-store.ts';

/** Evenly spread; the library's own doubles crowd round zero. */
const evenly = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((part) => min + ((max - min) * part) / 1_000_000);
const latitude = fc.oneof(evenly(-90, 90), fc.constantFrom(-90, -45, 0, 45, 90));
const longitude = fc.oneof(evenly(-180, 180), fc.constantFrom(-180, -90, -0, 0, 90, 180));
const point = fc.record({ lat: latitude, lng: longitude });
const radius = fc.oneof(fc.integer({ min: 1, max: 3_000_000 }), fc.constantFrom(1, 50_000, 3_000_000));

const holds = ({ south, west, north, east }: Box, { lat, lng }: { lat: number; lng: number }) =>
  lat >= south && lat <= north && (west <= east ? lng >= west && lng <= east : lng >= west || lng <= east);

describe('distance', () => {
  it.each([
    [{ lat: 0, lng: 0 }, { lat: 0, lng: 0 }, 0],
    [{ lat: 52.52, lng: 13.405 }, { lat: 48.8566, lng: 2.3522 }, 877_464],
    [{ lat: 0, lng: 179.5 }, { lat: 0, lng: -179.5 }, 111_195],
    [{ lat: 90, lng: 0 }, { lat: -90, lng: 0 }, 20_015_115],
    [{ lat: 90, lng: 12 }, { lat: 90, lng: -170 }, 0],
  ])('from %j to %j is %i metres', (a, b, metres) => {
    expect(Math.abs(distance(a, b) - metres)).toBeLessThan(500);
  });

  it('is the same both ways and never more than half round the earth', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distance(a, b)).toBeCloseTo(distance(b, a), 6);
        expect(distance(a, b)).toBeLessThanOrEqual(20_015_116);
      }),
    );
  });
});

describe('boxAround', () => {
  it('holds every point of the circle, over the date line and round the poles', () => {
    fc.assert(
      fc.property(point, radius, evenly(0, 2 * Math.PI), (centre, metres, bearing) => {
        // The point at 99.9 % of the radius in that direction.
        const angle = (0.999 * metres) / 6_371_008.8;
        const [lat, lng] = [centre.lat, centre.lng].map((degrees) => (degrees * Math.PI) / 180) as [
          number,
          number,
        ];
        const sine = Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(bearing);
        const north = Math.asin(Math.max(-1, Math.min(1, sine)));
        const turn = Math.atan2(
          Math.sin(bearing) * Math.sin(angle) * Math.cos(lat),
          Math.cos(angle) - Math.sin(lat) * Math.sin(north),
        );
        const degrees = ((lng + turn) * 180) / Math.PI;
        const found = { lat: (north * 180) / Math.PI, lng: ((((degrees + 180) % 360) + 360) % 360) - 180 };
        fc.pre(distance(centre, found) < metres);
        expect(holds(boxAround(centre, metres), found)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ lat: 89.9, lng: 10 }, 50_000],
    [{ lat: -90, lng: 0 }, 1],
    [{ lat: 84, lng: 0 }, 3_000_000],
  ])('round a pole (%j, %i m) takes every longitude', (centre, metres) => {
    expect(boxAround(centre, metres)).toMatchObject({ west: -180, east: 180 });
  });

  it('is open over the date line', () => {
    const { west, east } = boxAround({ lat: 0, lng: 179.9 }, 50_000);
    expect(west).toBeGreaterThan(179);
    expect(east).toBeLessThan(-179);
  });
});

describe('cells', () => {
  it('hold every point of the box and are few', () => {
    fc.assert(
      fc.property(point, radius, point, (centre, metres, candidate) => {
        const box = boxAround(centre, metres);
        const covering = cells(box);
        expect(covering.length).toBeLessThanOrEqual(32);
        expect(new Set(covering).size).toBe(covering.length);
        const edges = [centre, { lat: box.south, lng: box.west }, { lat: box.north, lng: box.east }];
        for (const inside of [...edges, candidate].filter((one) => holds(box, one))) {
          const hash = placeKeys.geohash(inside);
          expect(covering.some((cell) => hash.startsWith(cell))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of the whole world are its 32', () => {
    expect(cells({ south: -90, west: -180, north: 90, east: 180 })).toHaveLength(32);
  });

  it('of a small box are fine', () => {
    const covering = cells(boxAround({ lat: 37.74, lng: -119.58 }, 500));
    expect(covering.every((cell) => cell.length === 6)).toBe(true);
  });
});

describe('DynamoDbPlaceStore', () => {
  function prepare(...answers: unknown[]) {
    const { client, sent } = stubDynamoDb(...answers);
    return { store: new DynamoDbPlaceStore(client, 'table'), sent };
  }

  it('gives a place, or nothing', async () => {
    const { store } = prepare({ Item: { PK: 'x', ...place() } });
    expect(await store.get(placeId)).toEqual(place());
    expect(await store.get(placeId)).toBeUndefined();
  });

  it('files a new place by cell and by name', async () => {
    const { store, sent } = prepare();
    expect(await store.create(place())).toBe(true);
    expect(sent[0]?.input).toMatchObject({
      Item: { GSI1PK: 'GEO#9', GSI2PK: 'PLACES#park', GSI2SK: `yosemite valley#${placeId}` },
      ConditionExpression: 'attribute_not_exists(PK)',
    });
  });

  it('answers false for a taken id, and lets other errors out', async () => {
    const taken = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    const { store } = prepare(taken, new Error('throttled'));
    expect(await store.create(place())).toBe(false);
    await expect(store.create(place())).rejects.toThrow('throttled');
  });

  it('asks every cell of a box in its partition for at most so many', async () => {
    const { store, sent } = prepare({ Items: [place(), place()] }, { Items: [place()] });
    const found = await store.within({ south: 37, west: 179.9, north: 37.1, east: -179.9 }, 2);
    expect(found).toHaveLength(3);
    expect(sent.length).toBeGreaterThan(1);
    for (const { input } of sent) {
      const values = input.ExpressionAttributeValues as Record<string, string>;
      expect(input.Limit).toBe(2);
      expect(values[':partition']).toBe(`GEO#${values[':from']?.slice(0, 1)}`);
      expect(values[':to']?.startsWith(values[':from'] ?? '?')).toBe(true);
    }
  });

  it('finds nothing behind a place that lies after the end of the list', async () => {
    const { store, sent } = prepare();
    const after = `\u{10ffff}\u{10ffff}#${sampleId(1)}`;
    expect(await store.directory(['park'], { limit: 2, after })).toEqual({ items: [] });
    expect(sent).toEqual([]);
  });

  it('merges the types by name and says where to go on', async () => {
    // Prepare
    const named = (name: string, number: number) => place({ name, placeId: sampleId(number) });
    const { store, sent } = prepare(
      { Items: [named('Äsch', 1), named('Zoo', 2)] },
      { Items: [named('bar', 3)] },
    );

    // Act
    const page = await store.directory(['park', 'cafe'], { limit: 2 });

    // Assess
    expect(page.items.map(({ name }) => name)).toEqual(['Äsch', 'bar']);
    expect(page.last).toBe(`bar#${sampleId(3)}`);
    expect(sent.map(({ input }) => input.Limit)).toEqual([3, 3]);
  });

  it.each([
    [{ limit: 5 }, '', '\u0000'],
    [{ limit: 5 }, 'Yö', 'yo'],
    [{ limit: 5, after: 'yosemite#X' }, 'Yö', 'yosemite#X\u0000'],
  ])('reads the page %j of the names that start with %j from %j', async (request, prefix, from) => {
    const { store, sent } = prepare();
    expect(await store.directory(['park'], request, prefix)).toEqual({ items: [] });
    expect(sent[0]?.input.ExpressionAttributeValues).toMatchObject({ ':from': from });
  });
});
