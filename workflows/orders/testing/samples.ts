import { marshall } from '@aws-sdk/util-dynamodb';
import type { Menu } from '#contracts/orders.ts';
import type { CafeItem, OrderItem, WindowItem } from '#contracts/tables/order-items.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { sampleId } from '#platform/testing/sample-id.ts';

export { sampleId };

export const orderId = sampleId(1);
export const cafeId = sampleId(2);
export const ownerId = 'auth0|rose';
export const time = '2026-05-01T10:00:00.000Z';
/** So many seconds after `time`. */
export const later = (seconds: number) => new Date(Date.parse(time) + seconds * 1000);

export const guest: Caller = { userId: ownerId, groups: [] };
export const stranger: Caller = { userId: 'vic', groups: [] };
export const barista: Caller = { userId: 'bo', groups: ['baristas'] };
export const otherBarista: Caller = { userId: 'bea', groups: ['baristas'] };
export const ranger: Caller = { userId: 'ray', groups: ['rangers'] };
export const admin: Caller = { userId: 'ada', groups: ['admins'] };

export const menu: Menu = [
  {
    id: 'latte',
    name: 'Latte',
    cents: 450,
    available: true,
    modifiers: [
      {
        id: 'size',
        name: 'Size',
        options: [
          { id: 'small', name: 'Small', cents: 0 },
          { id: 'large', name: 'Large', cents: 110 },
        ],
      },
      {
        id: 'milk',
        name: 'Milk',
        options: [
          { id: 'whole', name: 'Whole milk', cents: 0 },
          { id: 'oat', name: 'Oat milk', cents: 80 },
        ],
      },
    ],
  },
  { id: 'tea', name: 'Tea', cents: 300, available: true, modifiers: [] },
  { id: 'cocoa', name: 'Cocoa', cents: 400, available: false, modifiers: [] },
];

/** An open café whose staff is the barista. */
export const cafe = (changes: Partial<CafeItem> = {}): CafeItem => ({
  entity: 'cafe',
  cafeId,
  name: 'Village Café',
  isOpen: true,
  capacity: 20,
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  menu,
  staff: [barista.userId],
  revision: 1,
  changedAt: time,
  ...changes,
});

/** An order that was admitted a moment ago. */
export const order = (changes: Partial<OrderItem> = {}): OrderItem => ({
  entity: 'order',
  orderId,
  cafeId,
  cafeName: 'Village Café',
  ownerId,
  kind: 'SCAN',
  scanId: sampleId(50),
  status: 'ADMITTED',
  statusAt: time,
  createdAt: time,
  currency: 'USD',
  steps: 1,
  ...changes,
});

/** An order that is prepared, whole. */
export const preparedOrder = (changes: Partial<OrderItem> = {}): OrderItem =>
  order({
    status: 'PREPARED',
    steps: 7,
    number: 12,
    day: '2026-05-01',
    name: 'Rose',
    executionId: 'arn:aws:states:eu-central-1:1:execution:orders:e1',
    drink: {
      itemId: 'latte',
      name: 'Latte',
      modifiers: [
        { id: 'size', name: 'Size', optionId: 'large', option: 'Large' },
        { id: 'milk', name: 'Milk', optionId: 'oat', option: 'Oat milk' },
      ],
      cents: 640,
    },
    ...changes,
  });

/** An item as a state machine sees it. */
export const asAttributes = (item: object) => marshall(item, { removeUndefinedValues: true });

const startsAt = Math.floor(Date.parse(time) / 1000);
export const code = `${startsAt}-${'0'.repeat(25)}1`;

/** A window of ten tokens that began at `time`. */
export const window = (changes: Partial<WindowItem> = {}): WindowItem => ({
  entity: 'window',
  cafeId,
  startsAt,
  endsAt: startsAt + 300,
  code,
  tokens: 10,
  tokensLeft: 10,
  admitted: {},
  expiresAt: startsAt + 90_000,
  ...changes,
});
