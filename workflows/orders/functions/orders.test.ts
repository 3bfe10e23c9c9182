import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Execution } from '#contracts/api/executions.ts';
import { orderPage, order as orderSchema, receipt, receiptLinks, stampCard } from '#contracts/api/orders.ts';
import { orderMessages, orderReasons, orderStatuses } from '#contracts/orders.ts';
import type { OrderItem } from '#contracts/tables/order-items.ts';
import { unfinishedOrderShards } from '#contracts/tables/order-keys.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { orderIn } from '../outcomes.ts';
import type { ManagerAnswer } from '../stores/order-manager.ts';
import type { ReceiptFile } from '../stores/receipt-store.ts';
import { MemoryCafeStore } from '../testing/memory-cafe-store.ts';
import { MemoryOrders } from '../testing/memory-orders.ts';
import {
  admin,
  barista,
  cafe,
  cafeId,
  guest,
  later,
  order,
  orderId,
  otherBarista,
  ownerId,
  preparedOrder,
  ranger,
  sampleId,
  stranger,
  time,
} from '../testing/samples.ts';
import { orderView } from '../views.ts';
import { getOrderExecution } from './get-order-execution/get-order-execution.ts';
import { getReceipt } from './get-receipt/get-receipt.ts';
import { getStamps } from './get-stamps/get-stamps.ts';
import { listCafeOrders } from './list-cafe-orders/list-cafe-orders.ts';
import { listMyOrders } from './list-my-orders/list-my-orders.ts';
import { decideOrder, placeOrder, preOrder, readOrder } from './manage-order/manage-order.ts';
import { sweepOrders } from './sweep-orders/sweep-orders.ts';

const path = { orderId, cafeId };
const now = () => later(0);

describe('orderView', () => {
  it('shows neither owner, execution nor token', () => {
    const view = orderView(preparedOrder({ taskToken: 'secret', answerBy: time }));
    expect(orderSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).not.toMatch(/secret|auth0|arn:aws|scanId|steps/);
    expect(view).toMatchObject({ number: 12, name: 'Rose', answerBy: time, status: 'PREPARED' });
  });

  it.each(orderReasons)('gives the words of %s', (reason) => {
    expect(orderView(order({ status: 'CANCELLED', reason })).message).toBe(orderMessages[reason]);
  });
});

describe('the routes before the order manager', () => {
  const drink = { itemId: 'latte', modifiers: { size: 'large' } };
  const from = { userId: ownerId, groups: [] };
  function prepare(answer: ManagerAnswer = { outcome: 'OK', order: order() }) {
    const manager = new MemoryOrders();
    manager.answer = () => answer;
    return manager;
  }

  it('ask for what the caller wants in the caller’s name', async () => {
    const manager = prepare();
    const ahead = { orderId, drink, name: 'Rose', pickUpAt: time };
    await preOrder({ manager })({ path, body: ahead, caller: guest });
    await readOrder({ manager })({ path, body: undefined, caller: guest });
    await placeOrder({ manager })({ path, body: { drink }, caller: guest });
    await decideOrder({ manager })({ path, body: { decision: 'accept' }, caller: guest });
    await decideOrder({ manager })({
      path,
      body: { decision: 'cancel', reason: 'CLOSING' },
      caller: { ...guest, name: 'Rose' },
    });
    expect(manager.requests).toEqual([
      { action: 'create', kind: 'PRE_ORDER', cafeId, ...ahead, caller: from },
      { action: 'read', orderId, caller: from },
      { action: 'place', orderId, drink, caller: from },
      { action: 'accept', orderId, reason: undefined, caller: from },
      { action: 'cancel', orderId, reason: 'CLOSING', caller: from },
    ]);
  });

  it('answer the order as its reader sees it', async () => {
    const manager = prepare({ outcome: 'OK', order: preparedOrder({ taskToken: 'secret' }) });
    const answer = await readOrder({ manager })({ path, body: undefined, caller: barista });
    expect(answer).toEqual(orderView(preparedOrder()));
  });

  it('ask nothing for somebody who is not signed in', async () => {
    const manager = prepare();
    const attempt = readOrder({ manager })({ path, body: undefined, caller: undefined });
    await expect(attempt).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(manager.requests).toEqual([]);
  });

  it('say nothing of the order of somebody else that has the id of a new one', async () => {
    const manager = prepare({ outcome: 'CONFLICT', order: order({ status: 'SCHEDULED', ownerId: 'vic' }) });
    const attempt = preOrder({ manager })({ path, body: { orderId, drink, pickUpAt: time }, caller: guest });
    const words = expect.stringContaining('Expected an order id of your own');
    await expect(attempt).rejects.toMatchObject({ code: 'CONFLICT', message: words });
  });

  const invalid = { path: 'drink.itemId', message: 'Tea is sold out.' };
  it.each<[ManagerAnswer, object]>([
    [{ outcome: 'NOT_FOUND' }, { code: 'NOT_FOUND' }],
    [{ outcome: 'FORBIDDEN' }, { code: 'FORBIDDEN' }],
    [{ outcome: 'CAFE_CLOSED' }, { code: 'CONFLICT', message: expect.stringContaining('closed') }],
    [
      { outcome: 'INVALID', ...invalid },
      {
        code: 'INVALID_REQUEST',
        message: invalid.message,
        details: [{ path: 'body.drink.itemId', message: invalid.message }],
      },
    ],
    [{ outcome: 'INVALID' }, { code: 'INVALID_REQUEST' }],
    [
      { outcome: 'RUNNING', runningOrderId: sampleId(7) },
      { code: 'CONFLICT', details: [{ path: 'orderId', message: sampleId(7) }] },
    ],
    [
      { outcome: 'CONFLICT', message: 'No.' },
      { code: 'CONFLICT', message: 'No.' },
    ],
    [{ outcome: 'CONFLICT' }, { code: 'CONFLICT' }],
    [{ outcome: 'OK' }, { code: 'INTERNAL', name: 'TransientError' }],
  ])('make of %j an error', (answer, error) => {
    expect(() => orderIn(answer)).toThrow(expect.objectContaining(error));
  });

  it.each(orderStatuses)('say why an order that is %s does not allow it', (status) => {
    const refuse = () => orderIn({ outcome: 'CONFLICT', order: order({ status }) });
    expect(refuse).toThrow(
      expect.objectContaining({ code: 'CONFLICT', message: expect.stringMatching(/\.$/) }),
    );
  });
});

describe('listMyOrders', () => {
  const mine = Array.from({ length: 5 }, (_, n) => order({ orderId: sampleId(n + 1) }));
  const orders = new MemoryOrders(...mine, order({ orderId: sampleId(9), ownerId: stranger.userId }));
  const list = listMyOrders({ orders });

  it('pages through the caller’s own, newest first', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ query: { limit: 2, cursor }, caller: guest });
      expect(orderPage.parse(page)).toEqual(page);
      ids.push(...page.items.map((one) => one.orderId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(ids).toEqual([5, 4, 3, 2, 1].map(sampleId));
  });

  it('refuses a made-up cursor and nobody’s call', async () => {
    const madeUp = list({ query: { limit: 2, cursor: 'abc' }, caller: guest });
    await expect(madeUp).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const nobody = list({ query: { limit: 2 }, caller: undefined });
    await expect(nobody).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('listCafeOrders', () => {
  const orders = new MemoryOrders(
    ...[3, 1, 2].map((n) =>
      order({ orderId: sampleId(n), status: 'QUEUED', statusAt: later(n).toISOString() }),
    ),
    order({ orderId: sampleId(8), status: 'QUEUED', cafeId: sampleId(9) }),
    order({ orderId: sampleId(7), status: 'MAKING' }),
  );
  const list = listCafeOrders({ cafes: new MemoryCafeStore(cafe()), orders });
  const query = { status: 'QUEUED', limit: 2 } as const;

  it('pages through the orders of one status, oldest first', async () => {
    const first = await list({ path, query, caller: barista });
    const second = await list({ path, query: { ...query, cursor: first.nextCursor }, caller: admin });
    expect(orderPage.parse(first)).toEqual(first);
    expect([first, second].map(({ items }) => items.map((one) => one.orderId))).toEqual([
      [sampleId(1), sampleId(2)],
      [sampleId(3)],
    ]);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it.each([guest, otherBarista, ranger])('shows %j nothing', async (caller) => {
    await expect(list({ path, query, caller })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('knows no café that does not take orders', async () => {
    const attempt = list({ path: { cafeId: sampleId(77) }, query, caller: admin });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('getReceipt', () => {
  const sign = vi.fn(
    async (key: string, seconds: number) => `https://receipts.example.com/${key}?${seconds}`,
  );
  const write = vi.fn(async (_file: ReceiptFile) => undefined);
  const prepare = (...given: readonly OrderItem[]) =>
    getReceipt({
      orders: new MemoryOrders(...given),
      cafes: new MemoryCafeStore(cafe()),
      receipts: { sign, write },
      now,
    });
  const get = (status: (typeof orderStatuses)[number], caller: Caller | undefined, hasReceipt = true) =>
    prepare(preparedOrder({ status, hasReceipt }))({ path, caller });
  beforeEach(() => {
    vi.clearAllMocks();
  });

  it('signs links of five minutes for the guest', async () => {
    const links = await get('COMPLETED', guest);
    expect(receiptLinks.parse(links)).toEqual(links);
    expect(links).toEqual({
      html: `https://receipts.example.com/receipts/${orderId}.html?300`,
      json: `https://receipts.example.com/receipts/${orderId}.json?300`,
      expiresAt: later(300).toISOString(),
    });
    expect(write).not.toHaveBeenCalled();
  });

  it.each([stranger, barista, admin])('signs and writes none for %j', async (caller) => {
    await expect(get('COMPLETED', caller, false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(sign).not.toHaveBeenCalled();
    expect(write).not.toHaveBeenCalled();
  });

  it.each(orderStatuses.filter((status) => status !== 'COMPLETED'))(
    'has none while the order is %s',
    async (status) => {
      await expect(get(status, guest)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('writes the receipt that could not be written in its time, and signs links to it', async () => {
    const links = await get('COMPLETED', guest, false);
    const [page, data] = write.mock.calls.map(([file]) => file);
    expect([page, data].map((file) => file?.key)).toEqual([
      `receipts/${orderId}.html`,
      `receipts/${orderId}.json`,
    ]);
    expect(page?.body).toContain('Village Café');
    expect(receipt.parse(JSON.parse(data?.body ?? ''))).toMatchObject({ orderId, number: 12 });
    expect(links.html).toContain(page?.key);
  });

  it('signs none that still cannot be written', async () => {
    write.mockRejectedValueOnce(new Error('no bucket'));
    await expect(get('COMPLETED', guest, false)).rejects.toThrow('no bucket');
    expect(sign).not.toHaveBeenCalled();
  });

  it('has none of an order that does not exist, and none for nobody', async () => {
    const none = prepare();
    await expect(none({ path, caller: guest })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(none({ path, caller: undefined })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('getStamps', () => {
  it('shows the card, newest first', async () => {
    const orders = new MemoryOrders();
    const stamp = (n: number) => ({
      entity: 'stamp' as const,
      ownerId,
      cafeId,
      orderId: sampleId(n),
      stampedAt: later(n).toISOString(),
    });
    orders.stamps = [stamp(1), stamp(3), stamp(2)];
    const card = await getStamps({ orders })({ caller: guest });
    expect(stampCard.parse(card)).toEqual(card);
    expect(card.stamps.map((one) => one.orderId)).toEqual([3, 2, 1].map(sampleId));
    await expect(getStamps({ orders })({ caller: undefined })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('getOrderExecution', () => {
  const execution: Execution = {
    name: 'e1',
    status: 'RUNNING',
    startedAt: time,
    input: {},
    definition: {},
    visits: [],
  };
  const show = (
    caller: Caller | undefined,
    { orders = new MemoryOrders(preparedOrder()), kept = true } = {},
  ) =>
    getOrderExecution({
      orders,
      cafes: new MemoryCafeStore(cafe()),
      readExecution: async (arn) => (kept && arn.endsWith('e1') ? execution : undefined),
    })({ path, caller });

  it.each([admin, ranger, barista])('shows %j the execution', async (caller) => {
    expect(await show(caller)).toEqual({ orderId, ...execution });
  });

  it.each([otherBarista, guest, undefined])('hides from %j that there is one', async (caller) => {
    await expect(show(caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['order', { orders: new MemoryOrders() }, /order/],
    ['execution yet', { orders: new MemoryOrders(order()) }, /moment/],
    ['history any more', { kept: false }, /no longer kept/],
  ])('says that there is no %s', async (_what, changes, words) => {
    await expect(show(admin, changes)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(words),
    });
  });
});

describe('sweepOrders', () => {
  const due = (n: number, seconds = -n) => ({
    orderId: sampleId(n),
    dueAt: later(seconds).toISOString(),
    shard: n % unfinishedOrderShards,
  });
  function prepare(count: number) {
    const manager = new MemoryOrders();
    manager.due = Array.from({ length: count }, (_, n) => due(n + 1));
    return { manager, sweep: sweepOrders({ orders: manager, manager, now }) };
  }

  it('has the manager end every order that is due, in the system’s name', async () => {
    const { manager, sweep } = prepare(12);
    manager.due = [...manager.due, due(50, 60)];
    manager.answer = ({ orderId: id }) => ({ outcome: id === sampleId(3) ? 'CONFLICT' : 'OK' });
    expect(await sweep()).toEqual({ due: 12, failed: 0, OK: 11, CONFLICT: 1 });
    const ids = manager.requests.map((request) => request.orderId);
    expect(new Set(ids)).toEqual(new Set(Array.from({ length: 12 }, (_, n) => sampleId(n + 1))));
    expect(manager.requests[0]).toEqual({ action: 'expire', orderId: sampleId(12), internal: true });
  });

  it('does a hundred in a run, those that are due longest', async () => {
    const { manager, sweep } = prepare(130);
    manager.answer = () => ({ outcome: 'OK' });
    expect(await sweep()).toMatchObject({ due: 100 });
    const ids = manager.requests.map((request) => request.orderId);
    expect(ids.toSorted()).toEqual(Array.from({ length: 100 }, (_, n) => sampleId(n + 31)));
  });

  it('goes on behind an order that fails, and fails after all are done', async () => {
    const { manager, sweep } = prepare(15);
    manager.answer = ({ orderId: id }) => {
      if (id === sampleId(15)) throw new Error('stuck');
      return { outcome: 'OK' };
    };
    await expect(sweep()).rejects.toThrow('1 errors');
    expect(manager.requests.length).toBe(15);
  });

  it('asks nothing when nothing is due', async () => {
    const { manager, sweep } = prepare(0);
    expect(await sweep()).toEqual({ due: 0, failed: 0 });
    expect(manager.requests).toEqual([]);
  });
});
