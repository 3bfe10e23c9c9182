import { SFNClient } from '@aws-sdk/client-sfn';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { inject } from 'vitest';
import type { Journey } from '#contracts/api/journeys.ts';
import { isFinal, type OrderStatus } from '#contracts/orders.ts';
import { type CafeItem, type OrderItem, orderItem } from '#contracts/tables/order-items.ts';
import { cafeKeys, orderKeys } from '#contracts/tables/order-keys.ts';
import { localClientConfig } from '../../scripts/lib/aws.ts';
import { DynamoDbCafeStore } from '../../workflows/orders/stores/cafe-store.ts';
import {
  type ManagerAnswer,
  type ManagerRequest,
  SfnOrderManager,
} from '../../workflows/orders/stores/order-manager.ts';
import { DynamoDbOrderStore } from '../../workflows/orders/stores/order-store.ts';
import { DynamoDbWindowStore } from '../../workflows/orders/stores/window-store.ts';
import { cafe } from '../../workflows/orders/testing/samples.ts';
import { type Answer, type Call, callApi } from '../support/api.ts';
import { awsClients } from '../support/aws.ts';
import { newUser, type User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';

/** The running app that the tests work on. */
export const outputs = inject('outputs');
export const web = outputs.frontends.visitor;
export const aws = awsClients(outputs.endpoint);

/** An output of the orders stack; fails with its name when it is not there. */
export function ordersOutput(name: string): string {
  const value = outputs.stacks.orders?.[name];
  if (value) return value;
  throw new Error(`Expected the orders stack to have the output ${name}`);
}

export const table = ordersOutput('TableName');
const syncClient = new SFNClient({ ...localClientConfig(outputs.endpoint), disableHostPrefix: true });
export const manager = new SfnOrderManager(syncClient, ordersOutput('OrderManagerArn'));
export const cafes = new DynamoDbCafeStore(aws.dynamodb, table);
export const orders = new DynamoDbOrderStore(aws.dynamodb, table);
export const windows = new DynamoDbWindowStore(aws.dynamodb, table);

/** Calls the orders API through the web server, as a browser does. */
export const callOrders = (method: string, path: string, call: Call = {}): Promise<Answer> =>
  callApi(web, method, path, { ...call, base: '/orders' });

export const guest = () => newUser(aws, outputs);
export const barista = () => newUser(aws, outputs, ['baristas']);
export const admin = () => newUser(aws, outputs, ['admins']);

export const latte = { itemId: 'latte', modifiers: { size: 'large' } } as const;

/** A café that takes orders, straight in the table. */
export async function newCafe(changes: Partial<CafeItem> = {}): Promise<CafeItem> {
  const place = cafe({
    cafeId: ulid(),
    capacity: 100,
    staff: [],
    changedAt: new Date().toISOString(),
    ...changes,
  });
  if (!(await cafes.replace(place))) throw new Error('Expected a new café');
  return place;
}

/** Somebody who orders, without an account of the user pool. */
export const stranger = (): Pick<User, 'userId'> => ({ userId: `guest-${ulid()}` });

/** Asks the order manager as a guest, or as the admin that may do what any café's staff may. */
export const asGuest = (userId: string) => ({ userId, groups: [] });
export const asStaff = { userId: 'admin', groups: ['admins'] };

/** Asks the order manager until it answers: a worker that is killed under it is the caller's to try again. */
export const ask = (request: ManagerRequest): Promise<ManagerAnswer> =>
  waitUntil(`an answer to ${request.action}`, () => manager.call(request).catch(() => undefined));

/** Creates an order as a scan does. */
export async function admit(cafeId: string, userId: string): Promise<string> {
  const orderId = ulid();
  const request = { action: 'create', orderId, cafeId, kind: 'SCAN', scanId: ulid() } as const;
  const { outcome } = await ask({ ...request, caller: asGuest(userId) });
  if (outcome !== 'OK') throw new Error(`Expected an order, got ${outcome}`);
  return orderId;
}

/** Waits until an order has reached one of some statuses. */
export const reaches = (orderId: string, ...statuses: OrderStatus[]): Promise<OrderItem> => {
  let last: OrderItem | undefined;
  return waitUntil(
    `order ${orderId} to be ${statuses.join(' or ')}`,
    async () => {
      last = await orders.get(orderId);
      return last && statuses.includes(last.status) ? last : undefined;
    },
    { timeoutMs: 90_000, seen: () => last },
  );
};

/** Waits until an order is over and nobody owes it anything: the sweeper has forgotten it. */
export const closes = (orderId: string): Promise<OrderItem> => {
  let last: unknown;
  return waitUntil(
    `order ${orderId} to be over and closed`,
    async () => {
      const Key = orderKeys.primary(orderId);
      const { Item } = await aws.dynamodb.send(
        new GetCommand({ TableName: table, Key, ConsistentRead: true }),
      );
      last = Item;
      const order = orderItem.parse(Item);
      return isFinal(order.status) && Item?.GSI3PK === undefined ? order : undefined;
    },
    { timeoutMs: 120_000, seen: () => last },
  );
};

/** The ids of the orders that a café works on. */
export async function running(cafeId: string): Promise<readonly string[]> {
  const Key = cafeKeys.capacity(cafeId);
  const { Item } = await aws.dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  const ids: unknown = Item?.running;
  return ids instanceof Set ? [...ids].map(String) : [];
}

/** The order that keeps a guest from another one at a café. */
export const slot = (userId: string, cafeId: string) => orders.activeOrderId(userId, cafeId);

/** The names of an order's events once all are stored, oldest first. */
export async function story(orderId: string, token: string): Promise<readonly string[]> {
  let last: readonly string[] = [];
  return waitUntil(
    `the story of ${orderId} to be whole`,
    async () => {
      const { body } = await callApi(web, 'GET', `/journeys/${orderId}`, { token });
      last = ((body as Partial<Journey>).events ?? []).map(({ type }) => type);
      return last.includes('AllEventsStored') ? last : undefined;
    },
    { timeoutMs: 60_000, seen: () => last },
  );
}
