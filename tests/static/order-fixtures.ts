import { orderStatus } from '#contracts/orders.ts';
import { orderKeys } from '#contracts/tables/order-keys.ts';
import { machine, statesOf, substituted } from './machines.ts';
import type { ValueMap } from './templates.ts';

export const orderId = '01K0A1B2C3D4E5F6G7H8J9KMNP';
export const cafeId = '01HAPPYPATH000000000000015';
export const ownerId = 'rose';
export const executionId = 'arn:aws:states:us-east-1:000000000000:execution:order-processor:1';
export const enteredAt = '2026-07-04T10:00:00.000Z';
/** What the placeholders are filled in with, in milliseconds. */
export const seconds = 300_000;
export const later = (time: string, millis: number) => new Date(Date.parse(time) + millis).toISOString();

export const drink = {
  itemId: 'flat-white',
  name: 'Flat white',
  modifiers: [{ id: 'milk', name: 'Milk', optionId: 'oat', option: 'Oat milk' }],
  cents: 555,
};

/** What Step Functions knows when a state runs. */
export const states = {
  input: {
    detail: { data: { orderId, cafeId, kind: 'SCAN' }, metadata: { ownerId } },
  },
  context: {
    Execution: { Id: executionId },
    State: { Name: 'State', EnteredTime: enteredAt },
    Task: { Token: 'token' },
  },
};

/** An order that has come as far as it can come without being over. */
export const laden = {
  entity: 'order',
  orderId,
  cafeId,
  cafeName: 'Trailhead Café',
  ownerId,
  kind: 'SCAN',
  scanId: '01K0A1B2C3D4E5F6G7H8J9KMNQ',
  status: 'MAKING',
  statusAt: '2026-07-04T09:59:00.000Z',
  createdAt: '2026-07-04T09:50:00.000Z',
  currency: 'USD',
  drink,
  name: 'Rose',
  day: '2026-07-04',
  number: 42,
  pickUpAt: '2026-07-04T10:30:00.000Z',
  answerBy: '2026-07-04T10:04:00.000Z',
  steps: 6,
  executionId,
  taskToken: 'token',
  GSI1PK: orderKeys.guest(ownerId),
  GSI1SK: orderId,
  GSI3PK: orderKeys.unfinished(orderId),
  GSI3SK: '2026-07-04T10:06:00.000Z',
} as const;

export const asked = {
  caller: { userId: ownerId, groups: [] },
  orderId,
  cafeId,
  kind: 'SCAN',
  scanId: laden.scanId,
};
export const variables = {
  states,
  order: laden,
  orderNumber: 42,
  hasReceipt: true,
  cafe: { isOpen: true, cafeId: { S: cafeId }, name: { S: laden.cafeName }, currency: { S: 'USD' } },
  checked: { ok: true, drink, name: 'Rose', day: laden.day, pickUpAt: laden.pickUpAt },
  request: asked,
  isGuest: true,
};

export const processor = substituted(machine('order-processor').text);
export const manager = substituted(machine('order-manager').text);
export const both = [
  ['order-processor', processor],
  ['order-manager', manager],
] as const;

/** A state of a definition by its name. */
export const stateOf = (definition: ValueMap, name: string) => {
  const found = statesOf(definition).find((one) => one.name === name);
  if (!found) throw new Error(`Expected a state ${name}`);
  return found.state;
};

/** The keys by which an order stands in the indexes. */
export const indexKeys = (item: Record<string, unknown>) => ({
  GSI1PK: orderKeys.guest(ownerId),
  GSI1SK: orderId,
  GSI2PK: orderKeys.queue(cafeId, orderStatus.parse(item.status)),
  GSI2SK: orderKeys.since(String(item.statusAt), orderId),
  GSI3PK: orderKeys.unfinished(orderId),
});
