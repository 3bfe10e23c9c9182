import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stubDynamoDb } from '#platform/testing/stub-client.ts';
import { photoId, photoIn, placeId, sampleId, time } from '../testing/samples.ts';
import { DynamoDbReviewStore } from './review-store.ts';

function prepare(...answers: unknown[]) {
  const { client, sent } = stubDynamoDb(...answers);
  return { store: new DynamoDbReviewStore(client, 'table'), sent };
}

const transaction = z.object({
  input: z.object({
    TransactItems: z.array(z.record(z.string(), z.record(z.string(), z.unknown()))),
  }),
});
const writesIn = (command: unknown) => transaction.parse(command).input.TransactItems;

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'no',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const hash = '0123456789abcdef';
const photo = photoIn('IN_REVIEW', {
  details: { type: 'jpeg', width: 1, height: 1, perceptualHash: hash },
});
const approval = { photo, verdict: { decision: 'approve' }, decidedBy: 'ray', now: time } as const;
const refusal = {
  ...approval,
  verdict: { decision: 'reject', reason: 'PEOPLE', message: 'M' },
} as const;

describe('decide', () => {
  it('writes an approval as long as the photo waits, undecided and in time', async () => {
    const { store, sent } = prepare();
    expect(await store.decide(approval)).toBe(true);
    const [{ Update } = {}, ...puts] = writesIn(sent[0]);
    expect(puts).toEqual([]);
    expect(Update).toMatchObject({
      Key: { PK: `PHOTO#${photoId}`, SK: 'PHOTO' },
      ConditionExpression: expect.stringMatching(
        /statusAt = :statusAt .* #status = :inReview AND attribute_not_exists\(decision\) AND reviewBy > :now$/,
      ),
      ExpressionAttributeValues: {
        ':inReview': 'IN_REVIEW',
        ':now': time,
        ':set_decision': 'approve',
        ':set_decidedBy': 'ray',
        ':set_decidedAt': time,
      },
    });
    const { UpdateExpression, ConditionExpression, ...input } = Update ?? {};
    const used = (form: RegExp) =>
      [...new Set(`${UpdateExpression} ${ConditionExpression}`.match(form))].sort();
    expect(Object.keys(input.ExpressionAttributeNames ?? {}).sort()).toEqual(used(/#\w+/g));
    expect(Object.keys(input.ExpressionAttributeValues ?? {}).sort()).toEqual(used(/:\w+/g));
  });

  it('remembers the picture of a refusal under every band of its hash, in the same transaction', async () => {
    const { store, sent } = prepare();
    await store.decide(refusal);
    const [, ...puts] = writesIn(sent[0]);
    const item = { entity: 'refusedPicture', photoId, placeId, perceptualHash: hash, reason: 'PEOPLE' };
    expect(puts).toHaveLength(8);
    expect(puts[1]).toEqual({
      Put: { TableName: 'table', Item: { PK: 'REFUSED#1#23', SK: `${hash}#${photoId}`, ...item } },
    });
  });

  it('remembers nothing of a picture without a hash', async () => {
    const { store, sent } = prepare();
    await store.decide({ ...refusal, photo: photoIn('IN_REVIEW') });
    expect(sent[0]?.input.TransactItems).toHaveLength(1);
  });

  it('answers false when another was first', async () => {
    const { store, sent } = prepare(cancelled('ConditionalCheckFailed', 'None'));
    expect(await store.decide(refusal)).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it('tries again while another writes the same photo, and gives up after four times', async () => {
    const busy = cancelled('TransactionConflict');
    expect(await prepare(busy, busy).store.decide(approval)).toBe(true);
    expect(await prepare(busy, cancelled('ConditionalCheckFailed')).store.decide(approval)).toBe(false);
    const { store, sent } = prepare(busy, busy, busy, busy, busy);
    await expect(store.decide(approval)).rejects.toBe(busy);
    expect(sent).toHaveLength(4);
  });

  it.each([new Error('throttled'), cancelled('ThrottlingError'), cancelled()])(
    'lets %s out',
    async (error) => {
      await expect(prepare(error).store.decide(approval)).rejects.toBe(error);
    },
  );
});

describe('listWaiting', () => {
  it('reads undecided photos in time, longest waiting first', async () => {
    const stored = { ...photoIn('IN_REVIEW'), GSI4SK: `${time}#${photoId}` };
    const { store, sent } = prepare({ Items: [stored, stored] });
    const after = `${time}#${sampleId(5)}`;
    expect(await store.listWaiting(time, { limit: 1, after })).toEqual({
      items: [photoIn('IN_REVIEW')],
      last: `${time}#${photoId}`,
    });
    expect(sent[0]?.input).toMatchObject({
      IndexName: 'GSI4',
      ScanIndexForward: true,
      FilterExpression: 'attribute_not_exists(decision) AND reviewBy > :now',
      ExpressionAttributeValues: { ':partition': 'STATUS#IN_REVIEW', ':now': time },
      ExclusiveStartKey: { PK: `PHOTO#${sampleId(5)}`, GSI4SK: after },
    });
  });
});
