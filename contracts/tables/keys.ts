import geohash from 'ngeohash';
import { shardOf } from '../ids.ts';
import type { AttentionStatus } from '../photos.ts';
import type { Location, PlaceType } from '../places.ts';

/**
 * Every key of the application table is made and parsed here. One table, four sparse indexes:
 *
 * | item    | PK             | SK                  | GSI1PK       | GSI1SK             | GSI2PK        | GSI2SK    | GSI3PK         | GSI3SK |
 * |---------|----------------|---------------------|--------------|--------------------|---------------|-----------|----------------|--------|
 * | photo   | PHOTO#id       | PHOTO               | PLACE#id     | publishedAt#id (P) | USER#id       | id        | UNFINISHED#0-7 | dueAt  |
 * | place   | PLACE#id       | PLACE               | GEO#g        | geohash#id         | PLACES#type   | name#id   |                |        |
 * | journey | JOURNEY#id     | occurredAt#type     |              |                    |               |           |                |        |
 * | routing | ROUTING        | ROUTING             |              |                    |               |           |                |        |
 * | refused | REFUSED#n#bits | hash#photoId        |              |                    |               |           |                |        |
 *
 * (P) only once published: an item without one of an index's keys is not in it, so GSI1 lists published photos only.
 * GSI3 holds the photos that somebody still owes work, by the time at which the sweeper should look at them.
 * GSI4 holds the photos that the staff looks after: STATUS#status / statusAt#id of those in review, rejected or failed.
 */
export const indexes = { listing: 'GSI1', directory: 'GSI2', unfinished: 'GSI3', attention: 'GSI4' } as const;

export interface PrimaryKey {
  readonly PK: string;
  readonly SK: string;
}

/** Photos are spread over this many partitions of the unfinished index. */
export const unfinishedShards = 8;

export const photoKeys = {
  primary: (photoId: string): PrimaryKey => ({ PK: `PHOTO#${photoId}`, SK: 'PHOTO' }),
  place: (placeId: string) => `PLACE#${placeId}`,
  /** Position among a place's published photos; sorts by time, then id. */
  published: (publishedAt: string, photoId: string) => `${publishedAt}#${photoId}`,
  owner: (ownerId: string) => `USER#${ownerId}`,
  unfinished: (photoId: string): string => photoKeys.unfinishedShard(shardOf(photoId, unfinishedShards)),
  unfinishedShard: (shard: number) => `UNFINISHED#${shard}`,
  attention: (status: AttentionStatus) => `STATUS#${status}`,
  /** Position among the photos of one status; sorts by time, then id. */
  since: (statusAt: string, photoId: string) => `${statusAt}#${photoId}`,
  /** Reads the photo's id out of its primary key; `undefined` when it is not a photo's. */
  parse: (key: PrimaryKey): string | undefined => /^PHOTO#([0-9A-Z]{26})$/.exec(key.PK)?.[1],
  /** Reads the photo's id out of a sort key that ends with it. */
  parsePosition: (sortKey: string): string | undefined => /#([0-9A-Z]{26})$/.exec(sortKey)?.[1],
} as const;

/** A decomposed name may be 18 times as long, and a sort key holds 1,024 bytes: this many units are at most 480. */
const sortableUnits = 160;

/** Lower case without diacritics, so that "Äsch" is found under "a"; long names are cut. */
export const sortableName = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, sortableUnits).toWellFormed();

export const placeKeys = {
  primary: (placeId: string): PrimaryKey => ({ PK: `PLACE#${placeId}`, SK: 'PLACE' }),
  /** One partition for each of the 32 cells of the world, whatever precision is asked for within it. */
  cell: (hash: string) => `GEO#${hash.slice(0, 1)}`,
  geohash: ({ lat, lng }: Location) => geohash.encode(lat, lng, 9),
  located: (location: Location, placeId: string) => `${placeKeys.geohash(location)}#${placeId}`,
  type: (type: PlaceType) => `PLACES#${type}`,
  named: (name: string, placeId: string) => `${sortableName(name)}#${placeId}`,
} as const;

export const journeyKeys = {
  partition: (journeyId: string) => `JOURNEY#${journeyId}`,
  /** The same for a re-sent event, so that it is recorded once. */
  primary: (journeyId: string, occurredAt: string, type: string): PrimaryKey => ({
    PK: journeyKeys.partition(journeyId),
    SK: `${occurredAt}#${type}`,
  }),
} as const;

/** A hash of 64 bits is cut into this many bands of 8. */
export const hashBands = 8;

export const refusedKeys = {
  /** The partitions in which photos that look like this one are found. */
  bands: (hash: string): string[] =>
    Array.from({ length: hashBands }, (_, band) => `REFUSED#${band}#${hash.slice(band * 2, band * 2 + 2)}`),
  position: (hash: string, photoId: string) => `${hash}#${photoId}`,
} as const;

export const routingKey: PrimaryKey = { PK: 'ROUTING', SK: 'ROUTING' };

/** Object keys in the two buckets. */
export const objectKeys = {
  upload: (userId: string, photoId: string) => `uploads/${encodeURIComponent(userId)}/${photoId}`,
  /** Reads user and photo out of an upload's key; `undefined` when it is not one. */
  parseUpload: (key: string): { userId: string; photoId: string } | undefined => {
    const [, encoded, photoId] = /^uploads\/([^/]+)\/([0-9A-Z]{26})$/.exec(key) ?? [];
    if (encoded === undefined || photoId === undefined) return undefined;
    try {
      return { userId: decodeURIComponent(encoded), photoId };
    } catch {
      return undefined;
    }
  },
  renditions: (photoId: string) => `photos/${photoId}/`,
  /** Where in the upload bucket a rendition waits until its photo is decided. */
  staged: (renditionKey: string) => `staged/${renditionKey}`,
} as const;
