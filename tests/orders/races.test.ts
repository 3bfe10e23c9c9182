import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { volume } from '../support/proof.ts';
import {
  admin,
  asGuest,
  ask,
  asStaff,
  aws,
  closes,
  latte,
  newCafe,
  ordersOutput,
  reaches,
  running,
  slot,
  story,
} from './app.ts';
import { loseNextOrder } from './loss.ts';

const rounds = volume(200, 20);
const atOnce = 20;
/** How long the copy of the processor waits for a barista. */
const seconds = 3;

let copyArn = '';
let lost: AsyncDisposable;

/** A copy of the deployed processor that is less patient; the deployed one is kept from these orders. */
beforeAll(async () => {
  lost = await loseNextOrder();
  const stateMachineArn = ordersOutput('OrderProcessorArn');
  const { definition = '', roleArn } = await aws.sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn }),
  );
  const copy = JSON.parse(definition);
  const wait = copy.States['Wait For Barista'];
  const patience = /\d+/.exec(wait.TimeoutSeconds)?.[0] ?? '';
  wait.TimeoutSeconds = `{% ${seconds} %}`;
  // Queued at once, whatever their pick-up time.
  copy.States['Time To Begin?'].Choices[0].Condition = '{% false %}';
  const { ExpressionAttributeValues: values } = wait.Arguments;
  values[':by'].S = values[':by'].S.replace(patience, String(seconds));
  const created = await aws.sfn.send(
    new CreateStateMachineCommand({ name: `race-${ulid()}`, definition: JSON.stringify(copy), roleArn }),
  );
  copyArn = created.stateMachineArn ?? '';
});

afterAll(async () => {
  await lost[Symbol.asyncDispose]();
  await aws.sfn.send(new DeleteStateMachineCommand({ stateMachineArn: copyArn }));
});

/** One order whose barista answers in the instant of the time-out; answers how it ended. */
async function race(cafeId: string): Promise<{ orderId: string; userId: string; answered: boolean }> {
  const orderId = ulid();
  const userId = `guest-${orderId}`;
  const pickUpAt = new Date(Date.now() + 60_000).toISOString();
  const order = { orderId, cafeId, kind: 'PRE_ORDER', drink: latte, pickUpAt } as const;
  expect(await ask({ ...order, action: 'create', caller: asGuest(userId) })).toMatchObject({ outcome: 'OK' });
  const detail = { data: { orderId, cafeId, kind: 'PRE_ORDER' }, metadata: { ownerId: userId } };
  await aws.sfn.send(
    new StartExecutionCommand({ stateMachineArn: copyArn, input: JSON.stringify({ detail }) }),
  );
  const { answerBy = '' } = await reaches(orderId, 'QUEUED', 'TIMED_OUT');
  // Around the instant, so that sometimes the one and sometimes the other comes first.
  const instant = Date.parse(answerBy) - Date.now() + Math.random() * 500 - 400;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, instant)));
  const { outcome } = await ask({ action: 'complete', orderId, caller: asStaff });
  return { orderId, userId, answered: outcome === 'OK' };
}

it(`a barista's answer in the instant of the time-out has one outcome in each of ${rounds} rounds`, async () => {
  // Prepare
  const { token } = await admin();
  const { cafeId } = await newCafe({ capacity: 500 });
  // Act
  const results: Awaited<ReturnType<typeof race>>[] = [];
  while (results.length < rounds) {
    results.push(...(await Promise.all(Array.from({ length: atOnce }, () => race(cafeId)))));
  }
  // Assess
  const ends = { COMPLETED: 'OrderCompleted', TIMED_OUT: 'OrderTimedOut' } as const;
  const tally = { COMPLETED: 0, TIMED_OUT: 0 };
  for (const { orderId, userId, answered } of results) {
    const { status } = await closes(orderId);
    // Who was told that it is done, has it done.
    expect(status).toBe(answered ? 'COMPLETED' : 'TIMED_OUT');
    if (status !== 'COMPLETED' && status !== 'TIMED_OUT') continue;
    tally[status] += 1;
    const told = await story(orderId, token);
    const terminal = told.filter((type) =>
      ['OrderCompleted', 'OrderCancelled', 'OrderTimedOut', 'OrderRefused'].includes(type),
    );
    expect(terminal).toEqual([ends[status]]);
    expect(await slot(userId, cafeId)).toBeUndefined();
  }
  expect(await running(cafeId)).toEqual([]);
  console.log(`${tally.COMPLETED} orders were completed, ${tally.TIMED_OUT} timed out.`);
}, 900_000);
