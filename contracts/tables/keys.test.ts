import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crockford } from '../ids.ts';
import { topics } from '../topics.ts';
import { journeyKeys, objectKeys, photoKeys, placeKeys, sortableName, unfinishedShards } from './keys.ts';

/** Any code point; the library's own unit for them takes seconds to build. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));
const ulid = fc
  .tuple(
    fc.constantFrom(...'01234567'),
    fc.string({ unit: fc.constantFrom(...crockford), minLength: 25, maxLength: 25 }),
  )
  .map(([first, rest]) => first + rest);
/** Every user id an issuer may think of, rich in the characters that keys, topics and policies give a meaning. */
const userId = fc.oneof(
  fc.string({ unit: codePoint, minLength: 1, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'/+#%*?$|@. ü🌲a1'), minLength: 1, maxLength: 40 }),
);

describe('objectKeys', () => {
  it('reads the user and the photo back out of every upload key', () => {
    fc.assert(
      fc.property(userId, ulid, (user, photoId) => {
        expect(objectKeys.parseUpload(objectKeys.upload(user, photoId))).toEqual({ userId: user, photoId });
      }),
    );
  });

  it('gives different users and photos different keys', () => {
    fc.assert(
      fc.property(userId, ulid, userId, ulid, (userA, photoA, userB, photoB) => {
        const same = userA === userB && photoA === photoB;
        expect(objectKeys.upload(userA, photoA) === objectKeys.upload(userB, photoB)).toBe(same);
      }),
    );
  });

  it.each([
    'uploads/rose/01K0A1B2C3D4E5F6G7H8J9KMN',
    'uploads/rose/01K0A1B2C3D4E5F6G7H8J9KMNP/tail',
    'uploads/a/b/01K0A1B2C3D4E5F6G7H8J9KMNP',
    'uploads//01K0A1B2C3D4E5F6G7H8J9KMNP',
    'photos/rose/01K0A1B2C3D4E5F6G7H8J9KMNP',
    'uploads/%E0%A4%A/01K0A1B2C3D4E5F6G7H8J9KMNP',
    '',
  ])('does not take %j for an upload', (key) => {
    expect(objectKeys.parseUpload(key)).toBeUndefined();
  });

  it('puts all renditions of a photo under one prefix that is no prefix of another photo', () => {
    expect(objectKeys.renditions('01K0A1B2C3D4E5F6G7H8J9KMNP')).toBe('photos/01K0A1B2C3D4E5F6G7H8J9KMNP/');
  });
});

describe('topics', () => {
  it('keep every user on one level and outside the wildcards of MQTT and of IoT policies', () => {
    fc.assert(
      fc.property(userId, (user) => {
        const topic = topics.user(user);
        expect(topic).toMatch(/^users\/[^/+#*?$]+$/);
        expect(decodeURIComponent(topic.slice('users/'.length))).toBe(user);
      }),
    );
  });

  it('name a place by its id', () => {
    expect(topics.place('01K0A1B2C3D4E5F6G7H8J9KMNP')).toBe('places/01K0A1B2C3D4E5F6G7H8J9KMNP');
  });
});

describe('photoKeys', () => {
  it('reads the id back out of the primary key and the place in the list', () => {
    fc.assert(
      fc.property(ulid, fc.date({ noInvalidDate: true }), (photoId, date) => {
        expect(photoKeys.parse(photoKeys.primary(photoId))).toBe(photoId);
        expect(photoKeys.parsePosition(photoKeys.published(date.toISOString(), photoId))).toBe(photoId);
      }),
    );
  });

  it('does not take the key of another item for a photo', () => {
    expect(photoKeys.parse({ PK: 'PLACE#01K0A1B2C3D4E5F6G7H8J9KMNP', SK: 'PLACE' })).toBeUndefined();
    expect(photoKeys.parsePosition('2026-05-01T10:00:00.000Z')).toBeUndefined();
  });

  it('puts every photo into one of the shards the sweeper reads', () => {
    const shards = Array.from({ length: unfinishedShards }, (_, shard) => photoKeys.unfinishedShard(shard));
    fc.assert(
      fc.property(ulid, (photoId) => {
        expect(shards).toContain(photoKeys.unfinished(photoId));
      }),
    );
  });

  it('uses every shard equally', () => {
    const used = [...crockford].map((last) => photoKeys.unfinished(`01K0A1B2C3D4E5F6G7H8J9KMN${last}`));
    const count = (shard: string) => used.filter((one) => one === shard).length;
    expect(new Set(used.map(count))).toEqual(new Set([crockford.length / unfinishedShards]));
  });

  it('keeps photos, places, owners and journeys in partitions of their own', () => {
    const id = '01K0A1B2C3D4E5F6G7H8J9KMNP';
    const partitions = [
      photoKeys.primary(id).PK,
      photoKeys.place(id),
      photoKeys.owner(id),
      journeyKeys.partition(id),
    ];
    expect(new Set(partitions).size).toBe(4);
    expect(placeKeys.primary(id).PK).toBe(photoKeys.place(id));
  });
});

describe('placeKeys', () => {
  it('finds a place in the partition and under the prefix of its cell', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -900_000, max: 900_000 }).map((part) => part / 10_000),
        fc.integer({ min: -1_800_000, max: 1_800_000 }).map((part) => part / 10_000),
        (lat, lng) => {
          const hash = placeKeys.geohash({ lat, lng });
          expect(hash).toMatch(/^[0-9b-hjkmnp-z]{9}$/);
          expect(placeKeys.cell(hash)).toBe(`GEO#${hash.slice(0, 1)}`);
          expect(placeKeys.located({ lat, lng }, 'id')).toBe(`${hash}#id`);
        },
      ),
    );
  });

  it('sorts names without regard to case and diacritics', () => {
    expect(sortableName('Äsch')).toBe('asch');
    expect(placeKeys.named('Crème BRÛLÉE', 'id')).toBe('creme brulee#id');
    expect(placeKeys.type('cafe')).toBe('PLACES#cafe');
  });

  it('keeps the name within a sort key of DynamoDB and a cursor, however far it decomposes', () => {
    const name = fc.oneof(
      fc.string({ unit: codePoint, minLength: 2, maxLength: 120 }),
      fc.constantFrom('\ufdfa'.repeat(120), '각'.repeat(120), '🌲'.repeat(60)),
    );
    fc.assert(
      fc.property(name, (text) => {
        const key = placeKeys.named(text, '01K0A1B2C3D4E5F6G7H8J9KMNP');
        expect(key.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(700);
      }),
    );
  });
});

describe('journeyKeys', () => {
  it('are the same for a re-sent event and differ by time and type', () => {
    const key = (time: string, type: string) => journeyKeys.primary('j', time, type);
    expect(key('t1', 'A')).toEqual({ PK: 'JOURNEY#j', SK: 't1#A' });
    expect(key('t1', 'A')).toEqual(key('t1', 'A'));
    expect(new Set([key('t1', 'A'), key('t1', 'B'), key('t2', 'A')].map(({ SK }) => SK)).size).toBe(3);
  });
});
