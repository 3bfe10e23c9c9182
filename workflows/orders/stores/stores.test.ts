import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { stubClient, stubDynamoDb } from '#platform/testing/stub-client.ts';
import '#platform/testing/lambda.ts';
import {
  asAttributes,
  cafe,
  cafeId,
  code,
  order,
  orderId,
  ownerId,
  preparedOrder,
  sampleId,
  time,
  window,
} from '../testing/samples.ts';
import { DynamoDbCafeStore } from './cafe-store.ts';
import { SfnOrderManager } from './order-manager.ts';
import { DynamoDbOrderStore } from './order-store.ts';
import { S3ReceiptStore } from './receipt-store.ts';
import { DynamoDbWindowStore } from './window-store.ts';

const refused = (item?: object) =>
  new ConditionalCheckFailedException({
    message: 'no',
    $metadata: {},
    ...(item && { Item: asAttributes(item) }),
  });

/** Every name and value of an input's expressions is declared, and nothing else is. */
function expectDeclared(input: Record<string, unknown> = {}) {
  const text = [input.UpdateExpression, input.ConditionExpression, input.KeyConditionExpression].join(' ');
  const used = (form: RegExp) => [...new Set(text.match(form))].sort();
  expect(Object.keys(input.ExpressionAttributeNames ?? {}).sort()).toEqual(used(/#\w+/g));
  expect(Object.keys(input.ExpressionAttributeValues ?? {}).sort()).toEqual(used(/:\w+/g));
}

describe('DynamoDbCafeStore', () => {
  const prepare = (...answers: unknown[]) => {
    const { client, sent } = stubDynamoDb(...answers);
    return { store: new DynamoDbCafeStore(client, 'table'), sent };
  };

  it('reads a café as it stands at this moment', async () => {
    const { store, sent } = prepare({ Item: { PK: 'x', ...cafe() } }, {});
    expect(await store.get(cafeId)).toEqual(cafe());
    expect(await store.get(cafeId)).toBeUndefined();
    expect(sent[0]?.input).toMatchObject({
      Key: { PK: `CAFE#${cafeId}`, SK: 'CAFE' },
      ConsistentRead: true,
    });
  });

  it('lists cafés by name', async () => {
    const { store, sent } = prepare({ Items: [cafe()] }, {});
    expect(await store.list()).toEqual([cafe()]);
    expect(await store.list()).toEqual([]);
    expect(sent[0]?.input).toMatchObject({
      IndexName: 'GSI1',
      ExpressionAttributeValues: { ':cafes': 'CAFES' },
    });
    expectDeclared(sent[0]?.input);
  });

  it.each([
    [{ Item: { running: new Set(['a', 'b']) } }, 2],
    [{ Item: { entity: 'capacity' } }, 0],
    [{}, 0],
  ])('counts in %j the orders that run', async (answer, count) => {
    expect(await prepare(answer).store.running(cafeId)).toBe(count);
  });

  it.each([
    [1, 'attribute_not_exists(PK)', undefined],
    [2, 'revision = :before', { ':before': 1 }],
  ])('writes revision %i only upon the one before', async (revision, condition, values) => {
    const { store, sent } = prepare({}, refused());
    expect(await store.replace(cafe({ revision }))).toBe(true);
    expect(await store.replace(cafe({ revision }))).toBe(false);
    expect(sent[0]?.input.ConditionExpression).toBe(condition);
    expect(sent[0]?.input.ExpressionAttributeValues).toEqual(values);
    expect(sent[0]?.input.Item).toEqual({
      PK: `CAFE#${cafeId}`,
      SK: 'CAFE',
      GSI1PK: 'CAFES',
      GSI1SK: `village café#${cafeId}`,
      ...cafe({ revision }),
    });
  });

  it('lets every other error out', async () => {
    await expect(prepare(new Error('throttled')).store.replace(cafe())).rejects.toThrow('throttled');
  });
});

describe('DynamoDbWindowStore', () => {
  const prepare = (...answers: unknown[]) => {
    const { client, sent } = stubDynamoDb(...answers);
    return { store: new DynamoDbWindowStore(client, 'table'), sent };
  };
  const { startsAt } = window();
  const grasp = {
    cafeId,
    startsAt,
    code,
    userId: ownerId,
    scanId: sampleId(50),
    orderId,
    now: startsAt + 1,
  };

  it('makes a window once', async () => {
    const { store, sent } = prepare({}, {});
    expect(await store.open(window())).toEqual(window());
    expect(sent.map(({ name }) => name)).toEqual(['GetCommand', 'PutCommand']);
    expect(sent[1]?.input).toMatchObject({
      Item: { PK: `CAFE#${cafeId}`, SK: `WINDOW#${startsAt}`, code },
      ConditionExpression: 'attribute_not_exists(PK)',
    });
  });

  it('answers the window that stands, whether it was there or came in between', async () => {
    const standing = window({ code: `${startsAt}-${'9'.repeat(26)}` });
    const there = prepare({ Item: standing });
    expect(await there.store.open(window())).toEqual(standing);
    expect(there.sent.length).toBe(1);
    const between = prepare({}, refused(), { Item: standing });
    expect(await between.store.open(window())).toEqual(standing);
  });

  it('takes a token in one write that looks at code, time, tokens and guest', async () => {
    const { store, sent } = prepare();
    expect(await store.take(grasp)).toEqual({ taken: true });
    const { input } = sent[0] ?? {};
    expect(sent.length).toBe(1);
    expect(input).toMatchObject({
      Key: { PK: `CAFE#${cafeId}`, SK: `WINDOW#${startsAt}` },
      UpdateExpression: 'SET tokensLeft = tokensLeft - :one, admitted.#user = :admission',
      ConditionExpression:
        'code = :code AND startsAt <= :now AND endsAt > :now AND tokensLeft >= :one ' +
        'AND (attribute_not_exists(admitted.#user))',
      ExpressionAttributeNames: { '#user': ownerId },
      ExpressionAttributeValues: { ':code': code, ':admission': { scanId: sampleId(50), orderId } },
    });
    expectDeclared(input);
  });

  it('takes another one behind an order that is over', async () => {
    const { store, sent } = prepare();
    await store.take({ ...grasp, after: sampleId(7) });
    expect(sent[0]?.input.ConditionExpression).toContain('OR admitted.#user.orderId = :after)');
    expectDeclared(sent[0]?.input);
  });

  it('answers the window of that moment when there is no token, or that there is none', async () => {
    const used = window({ tokensLeft: 0 });
    expect(await prepare(refused(used)).store.take(grasp)).toEqual({ taken: false, window: used });
    expect(await prepare(refused()).store.take(grasp)).toEqual({ taken: false });
    await expect(prepare(new Error('throttled')).store.take(grasp)).rejects.toThrow('throttled');
  });
});

describe('DynamoDbOrderStore', () => {
  const prepare = (...answers: unknown[]) => {
    const { client, sent } = stubDynamoDb(...answers);
    return { store: new DynamoDbOrderStore(client, 'table'), sent };
  };
  const stored = (number: number) => ({
    ...order({ orderId: sampleId(number) }),
    GSI1SK: sampleId(number),
    GSI2SK: `${time}#${sampleId(number)}`,
  });

  it('reads an order and the one that holds a guest’s place as they stand', async () => {
    const slot = { entity: 'slot', ownerId, cafeId, orderId };
    const { store, sent } = prepare({ Item: order() }, {}, { Item: slot }, {});
    expect(await store.get(orderId)).toEqual(order());
    expect(await store.get(orderId)).toBeUndefined();
    expect(await store.activeOrderId(ownerId, cafeId)).toBe(orderId);
    expect(await store.activeOrderId(ownerId, cafeId)).toBeUndefined();
    expect(sent.every(({ input }) => input.ConsistentRead === true)).toBe(true);
    expect(sent[2]?.input.Key).toEqual({ PK: `GUEST#${ownerId}`, SK: `ACTIVE#${cafeId}` });
  });

  it('pages through a guest’s orders', async () => {
    const { store, sent } = prepare({ Items: [stored(3), stored(2), stored(1)] }, { Items: [stored(1)] });
    const first = await store.listOwned(ownerId, { limit: 2 });
    expect(first.last).toBe(sampleId(2));
    expect(await store.listOwned(ownerId, { limit: 2, after: sampleId(2) })).not.toHaveProperty('last');
    expect(first.items.map((one) => one.orderId)).toEqual([3, 2].map(sampleId));
    expect(sent[0]?.input).toMatchObject({ IndexName: 'GSI1', ScanIndexForward: false, Limit: 3 });
    expect(sent[1]?.input.ExclusiveStartKey).toEqual({
      PK: `ORDER#${sampleId(2)}`,
      SK: 'ORDER',
      GSI1PK: `GUEST#${ownerId}`,
      GSI1SK: sampleId(2),
    });
    for (const { input } of sent) expectDeclared(input);
  });

  it('pages through a queue, oldest first and from a time on', async () => {
    const end = { GSI2SK: `${time}#${sampleId(1)}` };
    const { store, sent } = prepare({ Items: [stored(1)], LastEvaluatedKey: end });
    const after = `${time}#${sampleId(9)}`;
    const page = await store.listQueue(cafeId, 'QUEUED', { limit: 5, after }, time);
    // DynamoDB ends a page at 1 MB, too.
    expect(page.last).toBe(end.GSI2SK);
    expect(sent[0]?.input).toMatchObject({
      IndexName: 'GSI2',
      ScanIndexForward: true,
      ExpressionAttributeValues: { ':partition': `CAFE#${cafeId}#QUEUED`, ':since': time },
      ExclusiveStartKey: { PK: `ORDER#${sampleId(9)}`, GSI2SK: after, GSI2PK: `CAFE#${cafeId}#QUEUED` },
    });
    expectDeclared(sent[0]?.input);
  });

  it('leaves out an order that was written wrong and shows the others', async () => {
    const { store } = prepare({ Items: [{ ...stored(1), status: 'LOST' }, stored(2)] });
    const { items } = await store.listQueue(cafeId, 'QUEUED', { limit: 5 });
    expect(items.map((one) => one.orderId)).toEqual([sampleId(2)]);
  });

  it('finds what is due by the keys that its index holds', async () => {
    const found = [
      { PK: `ORDER#${orderId}`, SK: 'ORDER', GSI3SK: time },
      { PK: 'CAFE#x', SK: 'CAFE', GSI3SK: time },
    ];
    const { store, sent } = prepare({ Items: found });
    expect(await store.listDue(3, time, 7)).toEqual([{ orderId, dueAt: time }]);
    expect(sent[0]?.input).toMatchObject({
      IndexName: 'GSI3',
      Limit: 7,
      ExpressionAttributeValues: { ':shard': 'UNFINISHED#3', ':now': time },
    });
    expectDeclared(sent[0]?.input);
  });

  it('lists stamps', async () => {
    const stamp = { entity: 'stamp', ownerId, cafeId, orderId, stampedAt: time };
    const { store, sent } = prepare({ Items: [stamp] }, {});
    expect(await store.listStamps(ownerId, 9)).toEqual([stamp]);
    expect(await store.listStamps(ownerId, 9)).toEqual([]);
    expect(sent[0]?.input.ExpressionAttributeValues).toEqual({
      ':guest': `GUEST#${ownerId}`,
      ':stamps': 'STAMP#',
    });
    expectDeclared(sent[0]?.input);
  });
});

describe('SfnOrderManager', () => {
  const request = { action: 'read', orderId, caller: { userId: ownerId, groups: [] } } as const;
  const prepare = (...answers: unknown[]) => {
    const { client, sent } = stubClient(new SFNClient({ region: 'eu-central-1' }), ...answers);
    return { manager: new SfnOrderManager(client, 'arn:manager'), sent };
  };
  const said = (answer: object) => ({ status: 'SUCCEEDED', output: JSON.stringify(answer) });

  it('waits for the machine’s answer and reads its order', async () => {
    const { manager, sent } = prepare(said({ outcome: 'OK', order: asAttributes(preparedOrder()) }));
    expect(await manager.call(request)).toEqual({ outcome: 'OK', order: preparedOrder() });
    expect(sent).toEqual([
      {
        name: 'StartSyncExecutionCommand',
        input: { stateMachineArn: 'arn:manager', input: JSON.stringify(request) },
      },
    ]);
  });

  it('takes the other outcomes as they are', async () => {
    const invalid = { outcome: 'INVALID', path: 'drink', message: 'No.' };
    expect(await prepare(said(invalid)).manager.call(request)).toEqual(invalid);
  });

  it.each([
    [{ status: 'FAILED', error: 'States.Runtime', cause: 'secret' }],
    [{ status: 'TIMED_OUT' }],
    [{ status: 'SUCCEEDED' }],
  ])('fails for now when the machine says %j', async (answer) => {
    const error = await prepare(answer)
      .manager.call(request)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'TransientError', message: expect.not.stringContaining('secret') });
  });

  it.each([
    [{ outcome: 'MAYBE' }],
    [{ outcome: 'OK', order: { orderId } }],
    [{ outcome: 'OK', order: asAttributes({ entity: 'order' }) }],
  ])('does not take %j for an answer', async (answer) => {
    await expect(prepare(said(answer)).manager.call(request)).rejects.toMatchObject({ name: 'ZodError' });
  });
});

describe('S3ReceiptStore', () => {
  const client = () =>
    new S3Client({ region: 'eu-central-1', credentials: { accessKeyId: 'id', secretAccessKey: 'key' } });

  it('writes a file with its type, to be kept by nobody on the way', async () => {
    const { client: stub, sent } = stubClient(client());
    await new S3ReceiptStore(stub, 'bucket').write({ key: 'k', contentType: 'text/html', body: 'b' });
    expect(sent[0]?.input).toEqual({
      Bucket: 'bucket',
      Key: 'k',
      Body: 'b',
      ContentType: 'text/html',
      CacheControl: 'private, no-store',
    });
  });

  it('signs a link to one file for so many seconds', async () => {
    const link = new URL(await new S3ReceiptStore(client(), 'bucket').sign('receipts/a.html', 300));
    expect(link.pathname).toBe('/receipts/a.html');
    expect(link.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(link.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  });
});
