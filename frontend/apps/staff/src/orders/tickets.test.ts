// @vitest-environment node
import type { Order } from '@happy-path/api-client';
import { order } from '@happy-path/app/testing';
import { describe, expect, it } from 'vitest';
import { orderStatuses } from '#contracts/orders.ts';
import { rankOf } from './statuses.ts';
import { ageOf, type BoardLists, columnsOf, type Knowledge, limitOf } from './tickets.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString();
const knowing = (more: Partial<Knowledge> = {}): Knowledge => ({
  answers: new Map(),
  decisions: new Map(),
  numbered: new Map(),
  ...more,
});
const lists = (orders: Order[], ready: number[] = []): BoardLists => ({ choosing: 0, orders, ready });
const ids = (orders: readonly Order[]) => orders.map(({ orderId }) => orderId);

it('knows the statuses in the order of the contract', () => {
  expect(orderStatuses.map(rankOf)).toEqual(orderStatuses.map((_, index) => index));
});

describe('the columns', () => {
  it('hold the orders by status, those first whose time ends first', () => {
    const columns = columnsOf(
      lists(
        [
          order('b', { answerBy: at(20) }),
          order('a', { answerBy: at(15) }),
          order('m', { status: 'MAKING', answerBy: at(12) }),
          order('l2', { status: 'SCHEDULED', pickUpAt: at(50) }),
          order('l1', { status: 'SCHEDULED', pickUpAt: at(40) }),
          order('r', { status: 'PREPARED', number: 7 }),
        ],
        [7, 6],
      ),
      knowing({ numbered: new Map([[6, order('old', { number: 6 })]]) }),
    );

    expect(ids(columns.waiting)).toEqual(['a', 'b']);
    expect(ids(columns.making)).toEqual(['m']);
    expect(ids(columns.later)).toEqual(['l1', 'l2']);
    expect(columns.ready.map(({ number, order }) => [number, order?.orderId])).toEqual([
      [7, 'r'],
      [6, 'old'],
    ]);
  });

  it('show what was decided before it is sent', () => {
    const all = [order('a'), order('b'), order('c', { status: 'MAKING', number: 3 }), order('d')];

    const columns = columnsOf(
      lists(all),
      knowing({
        decisions: new Map([
          ['a', 'accept'],
          ['c', 'complete'],
          ['d', 'cancel'],
        ]),
      }),
    );

    expect(ids(columns.waiting)).toEqual(['b']);
    expect(ids(columns.making)).toEqual(['a']);
    expect(columns.ready.map(({ number }) => number)).toEqual([3]);
  });

  it('do not move an order back when a list is older than the answer to a decision', () => {
    const answers = new Map([
      ['a', order('a', { status: 'MAKING' })],
      ['c', order('c', { status: 'CANCELLED' })],
    ]);

    const columns = columnsOf(lists([order('a'), order('c')]), knowing({ answers }));

    expect([ids(columns.waiting), ids(columns.making)]).toEqual([[], ['a']]);
  });

  it('hold an order once that moved on between two of the lists', () => {
    const columns = columnsOf(lists([order('a'), order('a', { status: 'MAKING' })]), knowing());

    expect([ids(columns.waiting), ids(columns.making)]).toEqual([[], ['a']]);
  });

  it('show a number that nothing else is known of', () => {
    expect(columnsOf(lists([], [9]), knowing()).ready).toEqual([{ number: 9, order: undefined }]);
  });
});

describe('the limit', () => {
  const minutes = (count: number) => count * 60_000;
  const queued = order('q', { statusAt: at(0), answerBy: at(15) });
  const accepted = order('m', { status: 'MAKING', statusAt: at(5), answerBy: at(15) });

  it('is told by an order that waits, and kept when none does', () => {
    expect(limitOf([accepted, queued], undefined)).toBe(minutes(15));
    expect(limitOf([accepted], minutes(15))).toBe(minutes(15));
  });

  it('is guessed from those being made when nothing else is known', () => {
    expect(limitOf([accepted], undefined)).toBe(minutes(10));
    expect(limitOf([], undefined)).toBeUndefined();
  });

  it.each([
    [0, 'fresh'],
    [4, 'fresh'],
    [5, 'late'],
    [9, 'late'],
    [10, 'urgent'],
    [16, 'urgent'],
  ])('makes an order that waits for %d of its 15 minutes %s', (minute, age) => {
    expect(ageOf(queued, minutes(15), Date.parse(at(minute)))).toEqual({ age, waited: minutes(minute) });
  });

  it('is over for a pre-order when its guest comes to fetch it', () => {
    const preOrder = { ...queued, pickUpAt: at(4) };

    expect(ageOf(preOrder, minutes(15), Date.parse(at(3))).age).toBe('fresh');
    expect(ageOf(preOrder, minutes(15), Date.parse(at(4))).age).toBe('urgent');
  });

  it('counts from the last change when nobody knows the limit', () => {
    expect(ageOf(order('q', { statusAt: at(0) }), undefined, Date.parse(at(30)))).toEqual({
      age: 'fresh',
      waited: minutes(30),
    });
  });

  it('counts from the beginning of the wait, also once accepted', () => {
    expect(ageOf(accepted, minutes(15), Date.parse(at(6)))).toEqual({ age: 'late', waited: minutes(6) });
  });
});
