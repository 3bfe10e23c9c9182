import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { failureReasons, type PhotoStatus, rejectionReasons, renditionNames } from '#contracts/photos.ts';
import { type PhotoItem, photoItem } from '#contracts/tables/items.ts';
import { objectKeys, photoKeys } from '#contracts/tables/keys.ts';
import { aws, outputs, web } from '../integration/app.ts';
import { waitUntil } from '../support/wait-until.ts';
import type { Subject } from './subject.ts';

const keys = ['GSI1SK', 'GSI3PK', 'GSI3SK', 'GSI4PK', 'GSI4SK'] as const;
type IndexKeys = Partial<Record<(typeof keys)[number], string>>;

/** A photo's item as the contract reads it, and the keys of the indexes that a workflow moves it by. */
export interface Stored {
  readonly item: PhotoItem;
  readonly keys: IndexKeys;
}

/** Reads a photo's item. */
export async function stored(photoId: string): Promise<Stored> {
  const { Item = {} } = await aws.dynamodb.send(
    new GetCommand({
      TableName: outputs.tableName,
      Key: photoKeys.primary(photoId),
      ConsistentRead: true,
    }),
  );
  const present = keys.filter((name) => typeof Item[name] === 'string');
  return {
    item: photoItem.parse(Item),
    keys: Object.fromEntries(present.map((name) => [name, String(Item[name])])),
  };
}

const terminal: readonly PhotoStatus[] = ['PUBLISHED', 'REJECTED', 'FAILED', 'DELETED'];

/** Waits until a photo has come to its end, or to the status asked for. */
export function reached(photoId: string, status?: PhotoStatus, timeoutMs = 120_000): Promise<Stored> {
  let seen: Stored | undefined;
  return waitUntil(
    `photo ${photoId} to be ${status ?? 'at its end'}`,
    async () => {
      seen = await stored(photoId);
      const { item } = seen;
      const over = status ? item.status === status : terminal.includes(item.status);
      // An end that was not asked for stays: waiting on is of no use.
      return over || terminal.includes(item.status) ? seen : undefined;
    },
    { timeoutMs, seen: () => seen?.item },
  );
}

/** The keys of a photo's pictures that everybody can be served. */
export async function pictures(photoId: string): Promise<readonly string[]> {
  const { Contents = [] } = await aws.s3.send(
    new ListObjectsV2Command({ Bucket: outputs.distributionBucket, Prefix: objectKeys.renditions(photoId) }),
  );
  return Contents.map(({ Key = '' }) => Key);
}

const names = renditionNames.map((name) => `${name}.${name === 'share' ? 'jpg' : 'webp'}`);

/** Nothing of a photo can be read: neither in the distribution bucket nor through the web server, by no name it may have. */
export async function expectHidden(photoId: string): Promise<void> {
  expect(await pictures(photoId)).toEqual([]);
  for (const path of [
    `photos/${photoId}/tile.webp`,
    `photos/${photoId}/preview.jpg`,
    `staged/photos/${photoId}/share.jpg`,
  ]) {
    expect((await fetch(`${web}/${path}`)).ok, path).toBe(false);
  }
  const encoded = `${web}/photos/..%2fstaged%2fphotos%2f${photoId}%2fshare.jpg`;
  expect((await fetch(encoded)).ok, encoded).toBe(false);
}

/** The end that a photo has come to is whole: status, reason, indexes and pictures all say the same. */
export async function expectEnd(
  { version }: Pick<Subject, 'version'>,
  photoId: string,
  status: 'PUBLISHED' | 'REJECTED' | 'FAILED',
): Promise<PhotoItem> {
  const { item, keys: index } = await reached(photoId);
  expect(item, JSON.stringify({ reason: item.reason, message: item.message })).toMatchObject({
    status,
    workflow: version,
  });
  expect(item.executionId).toMatch(/^arn:aws:states:/);
  expect(item).not.toHaveProperty('leaseExpiresAt');
  expect(item).not.toHaveProperty('taskToken');
  expect(item).not.toHaveProperty('reviewBy');
  if (status === 'PUBLISHED') await expectPublished(item, index);
  else await expectRefused(item, index, status);
  return item;
}

async function expectPublished(item: PhotoItem, index: IndexKeys) {
  const { photoId, publishedAt = '', renditions } = item;
  expect(index).toEqual({ GSI1SK: photoKeys.published(publishedAt, photoId) });
  expect(item).toMatchObject({ statusAt: publishedAt, thumbHash: expect.any(String) });
  expect(item).not.toHaveProperty('message');
  const expected = names.map((name) => objectKeys.renditions(photoId) + name);
  expect(new Set(Object.values(renditions ?? {}).map(({ key }) => key))).toEqual(new Set(expected));
  expect(new Set(await pictures(photoId))).toEqual(new Set(expected));
  expect((await fetch(`${web}/${expected[0]}`)).status).toBe(200);
}

async function expectRefused(item: PhotoItem, index: IndexKeys, status: 'REJECTED' | 'FAILED') {
  const { photoId, statusAt, reason, message = '' } = item;
  const since = photoKeys.since(statusAt, photoId);
  expect(index).toEqual({ GSI4PK: photoKeys.attention(status), GSI4SK: since });
  expect(status === 'FAILED' ? failureReasons : rejectionReasons).toContain(reason);
  expect(message, 'words for the visitor').toMatch(/^[A-Z].{20,}[.!?]$/);
  await expectHidden(photoId);
}
