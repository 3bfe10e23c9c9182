import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { isFinal } from '#contracts/orders.ts';
import { orderKeys, unfinishedOrderShards } from '#contracts/tables/order-keys.ts';
import { stackResources } from '../support/aws.ts';
import { volume } from '../support/proof.ts';
import { waitUntil } from '../support/wait-until.ts';
import { killWorkers } from '../support/workers.ts';
import {
  admin,
  admit,
  asGuest,
  ask,
  asStaff,
  aws,
  closes,
  latte,
  newCafe,
  outputs,
  reaches,
  running,
  slot,
  story,
  table,
} from './app.ts';

const guests = volume(300, 24);
const cafesOpen = 10;
const perSecond = 6;

/** Functions of the stack whose workers are killed in the middle of their work. */
const victims = ['PublishOrderChanges', 'ValidateDrink', 'WriteReceipt'];

type Course = (orderId: string, userId: string) => Promise<unknown>;

const choose: Course = async (orderId, userId) => {
  await reaches(orderId, 'AWAITING_CHOICE');
  // Answered twice when a worker died between the write and the answer; then the order is on its way already.
  const { outcome } = await ask({ action: 'place', orderId, caller: asGuest(userId), drink: latte });
  expect(['OK', 'CONFLICT']).toContain(outcome);
  await reaches(orderId, 'QUEUED');
};
const accept: Course = (orderId) => ask({ action: 'accept', orderId, caller: asStaff });
const complete: Course = (orderId) => ask({ action: 'complete', orderId, caller: asStaff });
const leave: Course = (orderId, userId) => ask({ action: 'cancel', orderId, caller: asGuest(userId) });
const refuse: Course = (orderId) => ask({ action: 'cancel', orderId, caller: asStaff, reason: 'CLOSING' });
const nothing: Course = async () => undefined;

/** What guests and baristas do, one after the other. */
const courses: readonly (readonly Course[])[] = [
  [choose, accept, complete],
  [leave],
  [choose, refuse],
  [nothing],
  [choose, nothing],
  [choose, accept, leave],
  [choose, (orderId, userId) => Promise.all([complete(orderId, userId), leave(orderId, userId)])],
  [choose, complete],
];

it(`${guests} orders with cancellations, time-outs and killed workers all end, and leave nothing behind`, async () => {
  // Prepare
  const { token } = await admin();
  const resources = await stackResources(aws, 'happy-path-orders');
  const functions = victims.map((name) => resources.get(`${name}Function`) ?? '');
  const cafes = await Promise.all(Array.from({ length: cafesOpen }, () => newCafe({ capacity: 25 })));
  let killed = 0;
  const killer = setInterval(async () => {
    const name = functions[Math.floor(Math.random() * functions.length)] ?? '';
    killed += await killWorkers(outputs.endpoint, name);
  }, 4000);
  // Act
  const one = async (number: number) => {
    await new Promise((resolve) => setTimeout(resolve, (number * 1000) / perSecond));
    const userId = `guest-${number}`;
    const { cafeId } = cafes[number % cafesOpen] ?? { cafeId: '' };
    const orderId = await admit(cafeId, userId);
    try {
      for (const step of courses[number % courses.length] ?? []) await step(orderId, userId);
    } catch (error) {
      // A guest or barista who gives up, say because the order timed out first; the order ends all the same.
      if (!(error instanceof Error) || error.name === 'AssertionError') throw error;
    }
    return { orderId, userId, cafeId };
  };
  const sent = await Promise.all(Array.from({ length: guests }, (_, number) => one(number))).finally(() =>
    clearInterval(killer),
  );
  // Assess
  const tally: Record<string, number> = {};
  for (const { orderId, userId, cafeId } of sent) {
    const { status } = await closes(orderId);
    expect(isFinal(status)).toBe(true);
    tally[status] = (tally[status] ?? 0) + 1;
    expect(await slot(userId, cafeId)).toBeUndefined();
  }
  for (const { cafeId } of cafes) expect(await running(cafeId)).toEqual([]);
  for (let shard = 0; shard < unfinishedOrderShards; shard += 1) {
    const { Count } = await aws.dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'GSI3',
        KeyConditionExpression: 'GSI3PK = :shard',
        ExpressionAttributeValues: { ':shard': orderKeys.unfinishedShard(shard) },
      }),
    );
    expect(Count).toBe(0);
  }
  for (const { orderId } of sent) {
    const told = await story(orderId, token);
    const ends = told.filter((type) => /^Order(Completed|Cancelled|TimedOut|Refused)$/.test(type));
    expect(ends, told.join()).toHaveLength(1);
  }
  const poison = resources.get('PublishOrderChangesDeadLetters') ?? '';
  const waiting = await waitUntil('an empty dead-letter queue', async () => {
    const { Attributes } = await aws.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: poison, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Attributes?.ApproximateNumberOfMessages;
  });
  expect(waiting).toBe('0');
  expect(killed).toBeGreaterThan(0);
  console.log(`${guests} orders, ${killed} workers killed: ${JSON.stringify(tally)}`);
}, 900_000);
