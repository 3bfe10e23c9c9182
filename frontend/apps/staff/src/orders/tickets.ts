import type { Order, OrderDecisionRequest } from '#contracts/api/orders.ts';
import { type OrderStatus, rankOf } from './statuses.ts';

/** What was read of a café's orders, each list as the API has it. */
export interface BoardLists {
  /** How many guests are still choosing. */
  readonly choosing: number;
  /** The orders that are scheduled, wait, are made, or were just made. */
  readonly orders: readonly Order[];
  /** The numbers that are ready, those already handed out among them, newest first. */
  readonly ready: readonly number[];
}

export type Column = 'later' | 'waiting' | 'making' | 'ready';

/** An order that is ready; of one that this app has not seen before there is only the number. */
export interface ReadyTicket {
  readonly number: number;
  readonly order?: Order | undefined;
}

export interface Columns {
  readonly later: readonly Order[];
  readonly waiting: readonly Order[];
  readonly making: readonly Order[];
  readonly ready: readonly ReadyTicket[];
}

/** What is known better than the lists tell: answers to decisions, and decisions that are not sent yet. */
export interface Knowledge {
  readonly answers: ReadonlyMap<string, Order>;
  readonly decisions: ReadonlyMap<string, OrderDecisionRequest['decision']>;
  /** The last order seen with each number. */
  readonly numbered: ReadonlyMap<number, Order>;
}

/** An order only moves forward, so of two versions the one that is farther is the later one. */
export const farther = (one: Order, other: Order | undefined): Order =>
  other !== undefined && rankOf(other.status) > rankOf(one.status) ? other : one;

const columnOfStatus: Partial<Record<OrderStatus, Column>> = {
  SCHEDULED: 'later',
  QUEUED: 'waiting',
  MAKING: 'making',
  PREPARED: 'ready',
  COMPLETED: 'ready',
};
const columnOfDecision = { accept: 'making', complete: 'ready', cancel: undefined } as const;

function columnOf(order: Order, { decisions }: Knowledge): Column | undefined {
  const decision = decisions.get(order.orderId);
  return decision === undefined ? columnOfStatus[order.status] : columnOfDecision[decision];
}

/** Puts the orders where they belong, oldest first; a list that is older than an answer does not move one back. */
export function columnsOf(lists: BoardLists, knowledge: Knowledge): Columns {
  const orders = new Map<string, Order>();
  for (const listed of lists.orders) {
    const { orderId } = listed;
    orders.set(orderId, farther(farther(listed, orders.get(orderId)), knowledge.answers.get(orderId)));
  }
  const groups = Map.groupBy(orders.values(), (order) => columnOf(order, knowledge));
  const sorted = (column: Column, by: (order: Order) => string) =>
    (groups.get(column) ?? []).toSorted((one, other) => by(one).localeCompare(by(other)));
  return {
    later: sorted('later', ({ pickUpAt, orderId }) => `${pickUpAt ?? ''}${orderId}`),
    // By the end of their time: accepting one is not to change its place among the others.
    waiting: sorted('waiting', byAge),
    making: sorted('making', byAge),
    ready: readyOf(
      lists.ready,
      sorted('ready', ({ statusAt }) => statusAt),
      knowledge,
    ),
  };
}

const byAge = ({ answerBy, statusAt, orderId }: Order) => `${answerBy ?? statusAt}${orderId}`;

function readyOf(
  numbers: readonly number[],
  prepared: readonly Order[],
  { numbered }: Knowledge,
): ReadyTicket[] {
  const fresh = prepared
    .toReversed()
    .flatMap((order) => (order.number === undefined ? [] : [{ number: order.number, order }]));
  const known = new Set(fresh.map(({ number }) => number));
  const older = numbers
    .filter((number) => !known.has(number))
    .map((number) => ({ number, order: numbered.get(number) }));
  return [...fresh, ...older];
}

export type Age = 'fresh' | 'late' | 'urgent';

/**
 * How long an order may wait for its barista: all of a café have the same time, which one in the queue tells
 * exactly; once accepted, an order no longer tells when its time began.
 */
export function limitOf(orders: readonly Order[], known: number | undefined): number | undefined {
  const span = ({ answerBy, statusAt }: Order) =>
    answerBy === undefined ? [] : [Date.parse(answerBy) - Date.parse(statusAt)];
  const exact = orders.filter(({ status }) => status === 'QUEUED').flatMap(span);
  if (exact.length > 0) return Math.max(...exact);
  const spans = orders.flatMap(span);
  return known ?? (spans.length > 0 ? Math.max(...spans) : undefined);
}

/** Amber after a third of the limit, red after two thirds, and when its guest is there to fetch it. */
export function ageOf(order: Order, limit: number | undefined, now: number): { age: Age; waited: number } {
  const { answerBy, pickUpAt, statusAt } = order;
  const began =
    answerBy === undefined || limit === undefined ? Date.parse(statusAt) : Date.parse(answerBy) - limit;
  const waited = Math.max(0, now - began);
  const thirds = limit === undefined ? 0 : (waited * 3) / limit;
  const isDue = pickUpAt !== undefined && now >= Date.parse(pickUpAt);
  return { age: isDue || thirds >= 2 ? 'urgent' : thirds >= 1 ? 'late' : 'fresh', waited };
}
