import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { logger } from '#platform/logger.ts';
import { stubDynamoDb } from '#platform/testing/stub-client.ts';
import { ownerId, photo, photoId, placeId, publishedPhoto, sampleId, time } from '../testing/samples.ts';
import { DynamoDbPhotoStore } from './dynamodb-photo-store.ts';

function prepare(...answers: unknown[]) {
  const { client, sent } = stubDynamoDb(...answers);
  return { store: new DynamoDbPhotoStore(client, 'table'), sent };
}

const refused = () => new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
const seen = photo({ status: 'PROCESSING', attempts: 1 });
const handover = { workflow: 'v1', size: 5, etag: 'e', now: time, dueAt: time };
const ending = { reason: 'R', message: 'M', now: time };
type Write = (store: DynamoDbPhotoStore) => Promise<boolean>;
const deletion = { reason: 'DELETED_BY_OWNER', now: time, expiresAt: 9 } as const;
const writes: [string, Write][] = [
  ['markUploaded', (store) => store.markUploaded(photoId, handover)],
  ['markDeleted', (store) => store.markDeleted(photoId, deletion)],
  ['markSentAgain', (store) => store.markSentAgain(seen, handover)],
  ['markFailed', (store) => store.markFailed(seen, ending)],
  ['markRejected', (store) => store.markRejected(seen, ending)],
  ['markRetried', (store) => store.markRetried(seen, handover)],
  ['drop', (store) => store.drop(seen)],
];

describe.each(writes)('%s', (_name, write) => {
  it('moves the photo under a condition', async () => {
    const { store, sent } = prepare();
    expect(await write(store)).toBe(true);
    expect(sent[0]?.input).toMatchObject({ Key: { PK: `PHOTO#${photoId}`, SK: 'PHOTO' } });
    expect(sent[0]?.input.ConditionExpression).toMatch(/^#status = :/);
  });

  it('declares every name and value that its expressions use, and no other', async () => {
    const { store, sent } = prepare();
    await write(store);
    const { UpdateExpression = '', ConditionExpression, ...input } = sent[0]?.input ?? {};
    const text = `${UpdateExpression} ${ConditionExpression}`;
    const used = (form: RegExp) => [...new Set(text.match(form))].sort();
    expect(Object.keys(input.ExpressionAttributeNames ?? {}).sort()).toEqual(used(/#\w+/g));
    expect(Object.keys(input.ExpressionAttributeValues ?? {}).sort()).toEqual(used(/:\w+/g));
  });

  it('answers false when another has moved the photo in between', async () => {
    expect(await write(prepare(refused()).store)).toBe(false);
  });

  it('lets every other error out', async () => {
    await expect(write(prepare(new Error('throttled')).store)).rejects.toThrow('throttled');
  });
});

describe('the writes of the sweeper', () => {
  it('require the status, its time and the attempts as they were read', async () => {
    for (const [name, write] of writes.slice(2)) {
      const { store, sent } = prepare();
      await write(store);
      expect(sent[0]?.input.ConditionExpression, name).toContain('attempts = :attempts');
      expect(sent[0]?.input.ExpressionAttributeValues, name).toMatchObject({
        ':status': 'PROCESSING',
        ':statusAt': time,
        ':attempts': 1,
      });
    }
  });

  it.each([
    ['markFailed', 'FAILED'],
    ['markRejected', 'REJECTED'],
  ] as const)('move a photo from the unfinished index to the staff’s by %s', async (write, status) => {
    const { store, sent } = prepare();
    await store[write](seen, ending);
    expect(sent[0]?.input.UpdateExpression).toMatch(
      /REMOVE GSI3PK, GSI3SK, leaseExpiresAt, taskToken, reviewBy$/,
    );
    expect(sent[0]?.input.ExpressionAttributeValues).toMatchObject({
      ':set_status': status,
      ':set_GSI4PK': `STATUS#${status}`,
      ':set_GSI4SK': `${time}#${photoId}`,
    });
  });
});

describe('markDeleted', () => {
  it('takes the photo out of both lists with what it showed', async () => {
    const { store, sent } = prepare();
    await store.markDeleted(photoId, deletion);
    expect(sent[0]?.input.UpdateExpression).toMatch(
      /REMOVE GSI1SK, GSI2SK, GSI4PK, GSI4SK, renditions, caption, thumbHash$/,
    );
  });
});

describe('markRetried', () => {
  it('starts anew: due again, in no list of the staff, without anything of the first way', async () => {
    const { store, sent } = prepare();
    await store.markRetried(seen, { workflow: 'v2', now: time, dueAt: 'later' });
    const { UpdateExpression = '', ExpressionAttributeValues } = sent[0]?.input ?? {};
    expect(ExpressionAttributeValues).toMatchObject({
      ':set_status': 'UPLOADED',
      ':set_workflow': 'v2',
      ':set_attempts': 0,
      ':set_GSI3PK': `UNFINISHED#1`,
      ':set_GSI3SK': 'later',
    });
    const removed = String(UpdateExpression).split(' REMOVE ')[1]?.split(', ');
    for (const name of ['GSI4PK', 'GSI4SK', 'reason', 'message', 'decision', 'executionId', 'taskToken']) {
      expect(removed).toContain(name);
    }
  });
});

describe('reading', () => {
  it('gives the photo without its keys, or nothing', async () => {
    const { store, sent } = prepare({ Item: { PK: 'x', SK: 'y', ...seen } });
    expect(await store.get(photoId)).toEqual(seen);
    expect(await store.get(photoId)).toBeUndefined();
    expect(sent[0]?.input).toMatchObject({ ConsistentRead: true });
  });

  it('writes a new photo into the owner’s list and the unfinished ones, not into the place’s', async () => {
    const { store, sent } = prepare();
    await store.create(photo(), time);
    const { Item } = sent[0]?.input ?? {};
    expect(Item).toMatchObject({ GSI2PK: `USER#${ownerId}`, GSI2SK: photoId, GSI3SK: time });
    expect(Item).toMatchObject({ GSI1PK: `PLACE#${placeId}`, entity: 'photo' });
    expect(Item).not.toHaveProperty('GSI1SK');
  });

  it('gives the ids of the photos that are due and skips what is none', async () => {
    const { store, sent } = prepare({
      Items: [
        { PK: `PHOTO#${photoId}`, SK: 'PHOTO' },
        { PK: 'X', SK: 'Y' },
      ],
    });
    expect(await store.listDue(3, time, 10)).toEqual([photoId]);
    expect(await store.listDue(3, time, 10)).toEqual([]);
    expect(sent[0]?.input).toMatchObject({
      IndexName: 'GSI3',
      Limit: 10,
      ExpressionAttributeValues: { ':shard': 'UNFINISHED#3', ':now': time },
    });
  });
});

describe('getMany', () => {
  it('asks again for what DynamoDB did not come to, and leaves out what is gone', async () => {
    const [key, rest] = [{ PK: `PHOTO#${photoId}`, SK: 'PHOTO' }, { table: { Keys: [{ PK: 'a' }] } }];
    const { store, sent } = prepare(
      { Responses: { table: [seen] }, UnprocessedKeys: rest },
      { Responses: { table: [] } },
    );
    expect(await store.getMany([photoId, sampleId(9)])).toEqual([seen]);
    expect(sent[0]?.input).toMatchObject({ RequestItems: { table: { Keys: [key, expect.anything()] } } });
    expect(sent[1]?.input).toEqual({ RequestItems: rest });
    expect(sent).toHaveLength(2);
  });

  it('asks for a hundred at a time, and for nothing not at all', async () => {
    const { store, sent } = prepare();
    expect(await store.getMany([])).toEqual([]);
    await store.getMany(Array.from({ length: 101 }, (_, number) => sampleId(number)));
    const asked = sent.map(({ input }) => JSON.stringify(input).match(/PHOTO#/g)?.length);
    expect(asked).toEqual([100, 1]);
  });
});

describe('listAttention', () => {
  const at = (n: number) => `${time}#${sampleId(n)}`;
  const stored = (n: number) => ({ ...photo({ photoId: sampleId(n), status: 'FAILED' }), GSI4SK: at(n) });

  it('gives the photos of one status, newest first', async () => {
    const { store, sent } = prepare({ Items: [stored(9), stored(8)] });
    expect(await store.listAttention('FAILED', { limit: 1, after: at(10) })).toMatchObject({
      items: [{ photoId: sampleId(9) }],
      last: at(9),
    });
    expect(sent[0]?.input).toMatchObject({
      IndexName: 'GSI4',
      ScanIndexForward: false,
      ExpressionAttributeValues: { ':partition': 'STATUS#FAILED' },
      ExclusiveStartKey: { PK: `PHOTO#${sampleId(10)}`, GSI4PK: 'STATUS#FAILED', GSI4SK: at(10) },
    });
    expect(sent[0]?.input.FilterExpression).toBeUndefined();
  });

  it('of one place goes on reading until the page is full', async () => {
    const { store, sent } = prepare(
      { Items: [], LastEvaluatedKey: { GSI4SK: at(7) } },
      { Items: [stored(5), stored(4)], LastEvaluatedKey: { GSI4SK: at(3) } },
    );
    const { items, last } = await store.listAttention('FAILED', { limit: 1 }, placeId);
    expect([items.map((one) => one.photoId), last]).toEqual([[sampleId(5)], at(5)]);
    expect(sent[0]?.input).toMatchObject({
      FilterExpression: 'placeId = :placeId',
      ExpressionAttributeValues: { ':placeId': placeId },
    });
    expect(sent[1]?.input.ExclusiveStartKey).toEqual({ GSI4SK: at(7) });
  });

  it('ends a page short when a place has few among many, and tells where to go on', async () => {
    const answers = Array.from({ length: 30 }, (_, n) => ({
      Items: [],
      LastEvaluatedKey: { GSI4SK: at(n) },
    }));
    const { store, sent } = prepare(...answers);
    expect(await store.listAttention('FAILED', { limit: 1 }, placeId)).toEqual({ items: [], last: at(9) });
    expect(sent).toHaveLength(10);
  });
});

describe('lists', () => {
  const items = [9, 8].map((n) => publishedPhoto({ photoId: sampleId(n) }));
  const last = `${time}#${sampleId(8)}`;
  const stored = [9, 8, 7].map((n) => ({
    ...publishedPhoto({ photoId: sampleId(n) }),
    GSI1SK: `${time}#${sampleId(n)}`,
    GSI2SK: sampleId(n),
  }));

  it('of a place go on behind the last photo of the page before', async () => {
    const { store, sent } = prepare({ Items: stored }, { Items: [] });
    expect(await store.listPublished(placeId, { limit: 2 })).toEqual({ items, last });
    expect(await store.listPublished(placeId, { limit: 2, after: last })).toEqual({ items: [] });
    expect(sent[0]?.input).toMatchObject({ IndexName: 'GSI1', ScanIndexForward: false, Limit: 3 });
    expect(sent[0]?.input.ExclusiveStartKey).toBeUndefined();
    expect(sent[1]?.input.ExclusiveStartKey).toEqual({
      PK: `PHOTO#${sampleId(8)}`,
      SK: 'PHOTO',
      GSI1PK: `PLACE#${placeId}`,
      GSI1SK: last,
    });
  });

  it('of an owner do the same by id, and a page that is just full is the last one', async () => {
    const { store, sent } = prepare({ Items: stored.slice(0, 2) }, {}, { Items: stored });
    expect(await store.listOwned(ownerId, { limit: 2, after: sampleId(10) })).toEqual({ items });
    expect(await store.listOwned(ownerId, { limit: 2 })).toEqual({ items: [] });
    expect(await store.listOwned(ownerId, { limit: 2 })).toEqual({ items, last: sampleId(8) });
    expect(sent[0]?.input).toMatchObject({
      IndexName: 'GSI2',
      ExpressionAttributeValues: { ':partition': `USER#${ownerId}` },
      ExclusiveStartKey: { GSI2PK: `USER#${ownerId}`, GSI2SK: sampleId(10), PK: `PHOTO#${sampleId(10)}` },
    });
  });

  it('leave out an item that was written wrong, say so, and go on behind it', async () => {
    const log = vi.spyOn(logger, 'error').mockReturnValue();
    const { store } = prepare({ Items: [stored[0], { GSI1SK: last, PK: 'PHOTO#x' }, stored[2]] });
    expect(await store.listPublished(placeId, { limit: 2 })).toEqual({ items: items.slice(0, 1), last });
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});
