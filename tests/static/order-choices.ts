import { finalStatuses, orderStatuses } from '#contracts/orders.ts';

/** What variables hold before a Choice, and what has to come of it. */
export interface Case {
  readonly variables: Readonly<Record<string, unknown>>;
  /** The state that follows, or how its name begins. */
  readonly next: RegExp;
}

/** The cases of a machine's Choices, by their names. */
export type Cases = Readonly<Record<string, readonly Case[]>>;

const inMillis = (offset: number) => new Date(Date.now() + offset).toISOString();
/** The time that the café needs to make an order, as the placeholders are filled in. */
const lead = 300_000;

const pickUp = (offset: number | undefined, next: RegExp): Case => ({
  variables: { order: offset === undefined ? {} : { pickUpAt: inMillis(offset) } },
  next,
});

/** Where the processor goes on with an order of each status. */
const standing: Readonly<Record<string, RegExp>> = {
  PLACED: /^Generate Order Number$/,
  PREPARED: /^Write Receipt$/,
  AWAITING_CHOICE: /^Record Time-Out$/,
  QUEUED: /^Record Time-Out$/,
  MAKING: /^Record Time-Out$/,
};

const ended = (failed: boolean, status: string, next: RegExp): Case => ({
  variables: { failed, order: { status } },
  next,
});

const processor: Cases = {
  'Café Open?': [
    { variables: { cafe: { isOpen: true } }, next: /^Take Capacity$/ },
    { variables: { cafe: { isOpen: false } }, next: /^Refuse Order$/ },
  ],
  'Barista Capacity?': [
    { variables: { hasCapacity: true }, next: /^Ordered Ahead\?$/ },
    { variables: { hasCapacity: false }, next: /^Refuse Order$/ },
  ],
  'Ordered Ahead?': [
    { variables: { order: { kind: 'PRE_ORDER' } }, next: /^Generate Order Number$/ },
    { variables: { order: { kind: 'SCAN' } }, next: /^Wait For Order$/ },
  ],
  'Where Does The Order Stand?': orderStatuses.map((status) => ({
    variables: { order: { status } },
    next: standing[status] ?? /^Release Slot$/,
  })),
  'Time To Begin?': [
    pickUp(undefined, /^Wait For Barista$/),
    pickUp(-lead, /^Wait For Barista$/),
    pickUp(lead - 1000, /^Wait For Barista$/),
    pickUp(lead + 60_000, /^Schedule Order$/),
  ],
  'How Did It End?': [
    ended(false, 'COMPLETED', /^Order Completed$/),
    ended(false, 'CANCELLED', /^Order Cancelled$/),
    ended(false, 'TIMED_OUT', /^Order Timed Out$/),
    ended(false, 'REFUSED', /^Order Refused$/),
    ...finalStatuses.map((status) => ended(true, status, /^Workflow Failed$/)),
  ],
};

/** Who asks: what the manager found out about the caller, and the caller. */
const guest = { isGuest: true, isStaff: false, caller: { userId: 'rose', groups: [] } };
const staff = { isGuest: false, isStaff: true, caller: { userId: 'bo', groups: ['baristas'] } };
const otherBarista = { isGuest: false, isStaff: false, caller: { userId: 'kim', groups: ['baristas'] } };
const stranger = { isGuest: false, isStaff: false, caller: { userId: 'ann', groups: [] } };
const ranger = { isGuest: false, isStaff: false, caller: { userId: 'ray', groups: ['rangers'] } };
const nobody = { isGuest: false, isStaff: false };
type Who = typeof nobody & { readonly caller?: object };

const cafe = { cafeId: { S: 'cafe' }, isOpen: { BOOL: true } };
const order = { orderId: 'order', ownerId: 'rose', status: 'QUEUED' };

/** What becomes of somebody's request about an order that is there. */
const asks = (action: string, { caller, ...who }: Who, next: RegExp, given: object = {}): Case => ({
  variables: { cafe, order, ...who, request: { action, ...(caller && { caller }), ...given } },
  next,
});

const internal = { internal: true };
const forbidden = /^Forbidden$/;
const notFound = /^Not Found$/;
/** What strangers are answered whatever they want: they do not get to know that there is such an order. */
const hidden = ['read', 'place', 'accept', 'complete', 'cancel', 'expire'].flatMap((action) => [
  asks(action, stranger, notFound),
  asks(action, ranger, notFound),
  asks(action, nobody, notFound),
  asks(action, otherBarista, forbidden),
]);

const mayItBeDone: readonly Case[] = [
  { variables: { ...asks('create', guest, notFound).variables, cafe: {} }, next: notFound },
  { variables: { ...asks('create', guest, notFound).variables, order: {} }, next: /^Café Open\?$/ },
  { variables: { ...asks('create', stranger, notFound).variables, order: {} }, next: /^Café Open\?$/ },
  asks('create', guest, /^Order Answered$/),
  asks('create', stranger, /^Change Refused$/),
  asks('create', staff, /^Change Refused$/),
  asks('read', guest, /^Order Answered$/),
  asks('read', staff, /^Order Answered$/),
  asks('place', guest, /^Validate Drink$/),
  asks('place', staff, forbidden),
  asks('accept', staff, /^Accept Order$/),
  asks('accept', guest, forbidden),
  asks('complete', staff, /^Complete Preparation$/),
  asks('complete', guest, forbidden),
  asks('cancel', guest, /^Cancel Order$/),
  asks('cancel', staff, /^Cancel Order$/),
  asks('expire', guest, forbidden),
  asks('expire', staff, forbidden),
  asks('expire', nobody, /^Expire Order$/, internal),
  ...finalStatuses.map((status) => ({
    variables: { ...asks('expire', nobody, notFound, internal).variables, order: { ...order, status } },
    next: /^Release Slot$/,
  })),
  asks('forget', guest, forbidden),
  asks('forget', stranger, notFound),
  ...hidden,
];

const manager: Cases = {
  'Order Known?': [
    { variables: { order: { orderId: 'order' }, request: { action: 'read' } }, next: /^Get Café$/ },
    { variables: { order: {}, request: { action: 'create' } }, next: /^Get Café$/ },
    { variables: { order: {}, request: { action: 'read' } }, next: notFound },
    { variables: { order: {}, request: { action: 'expire', ...internal } }, next: notFound },
  ],
  'May It Be Done?': mayItBeDone,
  'Café Open?': [
    { variables: { cafe, request: { kind: 'PRE_ORDER' } }, next: /^Validate Drink$/ },
    { variables: { cafe, request: { kind: 'SCAN' } }, next: /^Create Order$/ },
    ...['PRE_ORDER', 'SCAN'].flatMap((kind) => [
      { variables: { cafe: { isOpen: { BOOL: false } }, request: { kind } }, next: /^Café Closed$/ },
      { variables: { cafe: {}, request: { kind } }, next: /^Café Closed$/ },
    ]),
  ],
  'Drink Valid?': [
    { variables: { checked: { ok: true }, request: { action: 'create' } }, next: /^Create Order$/ },
    { variables: { checked: { ok: true }, request: { action: 'place' } }, next: /^Place Order$/ },
    { variables: { checked: { ok: false }, request: { action: 'create' } }, next: /^Drink Refused$/ },
    { variables: { checked: { ok: false }, request: { action: 'place' } }, next: /^Drink Refused$/ },
  ],
  'Another Order Running?': [
    { variables: { runningOrderId: 'other', request: { orderId: 'order' } }, next: /^Order Running$/ },
    { variables: { runningOrderId: 'order', request: { orderId: 'order' } }, next: /^Get Order$/ },
    { variables: { runningOrderId: '', request: { orderId: 'order' } }, next: /^Try Again$/ },
  ],
  'Anybody Waiting?': [
    { variables: { request: { action: 'expire' }, taskToken: 'token' }, next: /^Close Order$/ },
    { variables: { request: { action: 'expire' }, taskToken: '' }, next: /^Close Order$/ },
    { variables: { request: { action: 'cancel' }, taskToken: 'token' }, next: /^Wake Processor$/ },
    { variables: { request: { action: 'cancel' }, taskToken: '' }, next: /^Order Answered$/ },
  ],
};

/** Both sides of every Choice of the café's machines, by the name of the machine. */
export const orderCases: Readonly<Record<string, Cases>> = {
  'order-processor': processor,
  'order-manager': manager,
};
