import { ulid } from 'ulid';
import * as z from 'zod';
import { order, tokenWindow } from '#contracts/api/orders.ts';
import type { OrderStatus } from '#contracts/orders.ts';
import { topics } from '#contracts/topics.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import { callApi } from '../support/api.ts';
import { awsClients } from '../support/aws.ts';
import { type Listener, listen } from '../support/listener.ts';
import { signIn } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { percentile, round } from './statistics.ts';

/** One step of an order, as its guest waits for it: p50 and p95 in milliseconds. */
export interface OrderStep {
  readonly step: string;
  readonly orders: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** The demo's café that the demo's barista works at. */
const cafeId = '01HAPPYPATH000000000000015';
const warmUps = 3;

/** Orders one after the other on a warm app: from each request until its guest is told by MQTT what it waits for. */
export async function benchOrders(outputs: LocalOutputs, count: number): Promise<OrderStep[]> {
  const aws = awsClients(outputs.endpoint);
  const [guest, barista] = await Promise.all(
    ['visitor@example.com', 'barista@example.com'].map((email) => signIn(aws, outputs, email)),
  );
  const { sub } = z.object({ sub: z.string() }).parse(claimsOf(guest ?? ''));
  await using listener = await listen(outputs.mqttUrl, outputs.stacks.backend?.TopicPrefix ?? '', guest);
  if (!(await listener.subscribe(topics.user(sub)))) {
    throw new Error('Expected the subscription to the own topic to be granted, got a refusal');
  }
  const call = async (token: string | undefined, method: string, path: string, body?: unknown) => {
    const answer = await callApi(outputs.frontends.visitor, method, path, {
      base: '/orders',
      ...(token && { token }),
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status >= 300) {
      throw new Error(`Expected ${method} ${path} to answer 2xx, got ${answer.status}`);
    }
    return answer.body;
  };
  const times = new Map<string, number[]>();
  const timed = async (step: string, ask: () => Promise<unknown>, told: [string, () => string]) => {
    const started = performance.now();
    const answer = await ask();
    const answered = performance.now() - started;
    const orderId = order.safeParse(answer).data?.orderId ?? told[1]();
    await heard(listener, told[0], orderId);
    push(times, `${step}: answer`, answered);
    push(times, `${step}: ${told[0]} heard`, performance.now() - started);
    return orderId;
  };
  for (let index = 0; index < warmUps + count; index += 1) {
    if (index === warmUps) times.clear();
    const { code } = tokenWindow.parse(await call(barista, 'GET', `/cafes/${cafeId}/window`));
    let orderId = '';
    const own = () => orderId;
    const scan = { code, scanId: ulid() };
    orderId = await timed('scan', () => call(guest, 'POST', `/cafes/${cafeId}/scans`, scan), [
      'OrderChoiceAwaited',
      own,
    ]);
    const drink = { itemId: 'espresso', modifiers: {} };
    await timed('choose', () => call(guest, 'PUT', `/${orderId}`, { drink }), ['OrderQueued', own]);
    const decide = (decision: string) => () => call(barista, 'POST', `/${orderId}/decisions`, { decision });
    await timed('accept', decide('accept'), ['PreparationStarted', own]);
    await timed('complete', decide('complete'), ['PreparationCompleted', own]);
    await heard(listener, 'OrderCompleted', orderId);
    await freed(() => call(guest, 'GET', `/${orderId}`), 'COMPLETED');
  }
  return [...times].map(([step, values]) => ({
    step,
    orders: values.length,
    p50Ms: round(percentile(values, 0.5)),
    p95Ms: round(percentile(values, 0.95)),
  }));
}

const heard = (listener: Listener, type: string, orderId: string) =>
  waitUntil(
    `a message ${type}`,
    () => listener.heard.find(({ message }) => message.type === type && message.journeyId === orderId),
    { pauseMs: 5, timeoutMs: 60_000 },
  );

/** The next scan is refused until the order before has given its slot back. */
async function freed(read: () => Promise<unknown>, status: OrderStatus): Promise<void> {
  await waitUntil(
    `the order to be ${status}`,
    async () => order.parse(await read()).status === status || undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
}

const push = (times: Map<string, number[]>, step: string, ms: number) =>
  times.set(step, [...(times.get(step) ?? []), ms]);

const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
