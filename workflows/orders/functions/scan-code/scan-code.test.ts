import { describe, expect, it } from 'vitest';
import { order as orderSchema } from '#contracts/api/orders.ts';
import type { CafeItem, OrderItem, WindowItem } from '#contracts/tables/order-items.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { MemoryCafeStore } from '../../testing/memory-cafe-store.ts';
import { MemoryOrders } from '../../testing/memory-orders.ts';
import { MemoryWindowStore } from '../../testing/memory-window-store.ts';
import { cafe, cafeId, code, guest, later, order, ownerId, sampleId, window } from '../../testing/samples.ts';
import { scanCode } from './scan-code.ts';

const scanId = sampleId(50);
const startsAt = window().startsAt;
function prepare({
  shop = cafe(),
  windows = [window()],
  orders = [],
}: {
  shop?: CafeItem;
  windows?: WindowItem[];
  orders?: OrderItem[];
} = {}) {
  const store = new MemoryWindowStore(...windows);
  const memory = new MemoryOrders(...orders);
  const cafes = new MemoryCafeStore(shop);
  const state = { seconds: 1, ids: 1000 };
  const run = scanCode({
    cafes,
    windows: store,
    orders: memory,
    manager: memory,
    windowSeconds: 300,
    newId: () => {
      state.ids += 1;
      return sampleId(state.ids);
    },
    now: () => later(state.seconds),
  });
  const scan = (changes: { code?: string; scanId?: string } = {}, caller: Caller | undefined = guest) =>
    run({ path: { cafeId }, body: { code, scanId, ...changes }, caller });
  const left = () => store.windows.get(`${cafeId} ${startsAt}`)?.tokensLeft;
  return { scan, left, memory, store, cafes, state };
}
const user = (number: number): Caller => ({ userId: `user-${number}`, groups: [] });
/** Who was admitted, and the codes of those who were not. */
const tally = async (scans: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(scans);
  return {
    admitted: settled.filter(({ status }) => status === 'fulfilled').length,
    refused: [
      ...new Set(settled.flatMap((one) => (one.status === 'rejected' ? one.reason.code : []))),
    ].sort(),
  };
};

describe('a scan of the current code', () => {
  it('takes one token and answers the order that was made of it', async () => {
    const { scan, left, memory } = prepare();
    const made = await scan();
    expect(orderSchema.parse(made)).toEqual(made);
    expect(made).toMatchObject({ kind: 'SCAN', status: 'ADMITTED', cafeId });
    expect(left()).toBe(9);
    expect(memory.requests).toEqual([
      {
        action: 'create',
        orderId: made.orderId,
        caller: { userId: ownerId, groups: [] },
        cafeId,
        kind: 'SCAN',
        scanId,
      },
    ]);
  });

  it('that is repeated takes no second token and answers the same order', async () => {
    const { scan, left, state } = prepare();
    const first = await scan();
    expect(await scan()).toEqual(first);
    state.seconds = 400;
    expect(await scan()).toEqual(first);
    expect(left()).toBe(9);
  });

  it('answers the same order also when it is over, and when the café has closed since', async () => {
    const { scan, left, memory, cafes } = prepare();
    const first = await scan();
    memory.orders.set(first.orderId, order({ orderId: first.orderId, status: 'CANCELLED' }));
    expect(await scan()).toMatchObject({ orderId: first.orderId, status: 'CANCELLED' });
    cafes.cafes.set(cafeId, cafe({ isOpen: false }));
    expect(await scan()).toMatchObject({ orderId: first.orderId });
    expect(left()).toBe(9);
  });

  it('finds its admission when the order was not made, and makes it', async () => {
    const { scan, left, memory } = prepare();
    memory.answer = () => {
      throw new Error('died');
    };
    await expect(scan()).rejects.toThrow('died');
    expect(left()).toBe(9);
    memory.answer = undefined;
    const made = await scan();
    expect(made.orderId).toBe(memory.requests[0]?.orderId);
    expect(left()).toBe(9);
  });

  it('needs somebody who is signed in', async () => {
    const { cafes, store, memory } = prepare();
    const run = scanCode({
      cafes,
      windows: store,
      orders: memory,
      manager: memory,
      windowSeconds: 300,
      newId: () => sampleId(9),
      now: () => later(1),
    });
    const attempt = run({ path: { cafeId }, body: { code, scanId }, caller: undefined });
    await expect(attempt).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('many scans at once', () => {
  it('of 1,000 guests admit exactly as many as there are tokens', async () => {
    const { scan, left, memory } = prepare();
    const scans = Array.from({ length: 1000 }, (_, n) => scan({ scanId: sampleId(n) }, user(n)));
    expect(await tally(scans)).toEqual({ admitted: 10, refused: ['TOO_MANY_REQUESTS'] });
    expect(left()).toBe(0);
    expect(memory.orders.size).toBe(10);
  });

  it('of one scan take one token and make one order', async () => {
    const { scan, left, memory } = prepare();
    const made = await Promise.all(Array.from({ length: 50 }, () => scan()));
    expect(new Set(made.map(({ orderId }) => orderId)).size).toBe(1);
    expect(left()).toBe(9);
    expect(memory.orders.size).toBe(1);
  });

  it('of one guest with a scan id each admit that guest once, and lead the others to the order', async () => {
    const { scan, left, memory } = prepare();
    const scans = Array.from({ length: 50 }, (_, n) => scan({ scanId: sampleId(n) }));
    expect(await tally(scans)).toEqual({ admitted: 1, refused: ['CONFLICT'] });
    expect(left()).toBe(9);
    const [made] = memory.orders.values();
    const refusal = await scan({ scanId: sampleId(99) }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ details: [{ path: 'orderId', message: made?.orderId }] });
  });
});

describe('a guest', () => {
  it('with a running order at the café spends no token on another one', async () => {
    const running = order({ orderId: sampleId(7), kind: 'PRE_ORDER', scanId: undefined });
    const { scan, left } = prepare({ orders: [running] });
    await expect(scan()).rejects.toMatchObject({
      code: 'CONFLICT',
      details: [{ path: 'orderId', message: sampleId(7) }],
    });
    expect(left()).toBe(10);
  });

  it('whose order of this window is over takes another token', async () => {
    const { scan, left, memory } = prepare();
    const first = await scan();
    memory.orders.set(first.orderId, order({ orderId: first.orderId, status: 'CANCELLED' }));
    const second = await scan({ scanId: sampleId(51) });
    expect(second.orderId).not.toBe(first.orderId);
    expect(left()).toBe(8);
  });

  it('whose first scan died before its order was made is led to that order by the next scan', async () => {
    const dead = { scanId: sampleId(60), orderId: sampleId(61) };
    const { scan, left, memory } = prepare({
      windows: [window({ tokensLeft: 9, admitted: { [ownerId]: dead } })],
    });
    await expect(scan()).rejects.toMatchObject({
      code: 'CONFLICT',
      details: [{ path: 'orderId', message: dead.orderId }],
    });
    expect(memory.orders.get(dead.orderId)?.scanId).toBe(dead.scanId);
    expect(left()).toBe(9);
  });

  it('may be called like a property of every object', async () => {
    const { scan, left } = prepare();
    await scan({}, { userId: 'constructor', groups: [] });
    expect(left()).toBe(9);
  });

  it('may order at another café at the same time', async () => {
    const { scan } = prepare({ orders: [order({ orderId: sampleId(7), cafeId: sampleId(8) })] });
    expect(await scan()).toMatchObject({ cafeId });
  });
});

describe('the edge of a window', () => {
  it.each([
    [0, undefined],
    [299.999, undefined],
    [300, 'GONE'],
    [301, 'GONE'],
  ])('after %s s gives %s', async (seconds, expected) => {
    const { scan, state, left } = prepare();
    state.seconds = seconds;
    const outcome = await scan().then(
      () => undefined,
      ({ code: refused }) => refused,
    );
    expect(outcome).toBe(expected);
    expect(left()).toBe(expected ? 10 : 9);
  });

  it('admits ten by each code', async () => {
    const next = window({
      startsAt: startsAt + 300,
      endsAt: startsAt + 600,
      code: `${startsAt + 300}${code.slice(10)}`,
    });
    const { scan, state } = prepare({ windows: [window(), next] });
    const wave = (from: number, by: string) =>
      tally(Array.from({ length: 30 }, (_, n) => scan({ code: by, scanId: sampleId(n) }, user(from + n))));
    expect(await wave(0, code)).toMatchObject({ admitted: 10 });
    state.seconds = 300;
    expect(await wave(100, code)).toEqual({ admitted: 0, refused: ['GONE'] });
    expect(await wave(200, next.code)).toMatchObject({ admitted: 10 });
  });
});

describe('a code that admits nobody', () => {
  const forged = `${startsAt}-${'Z'.repeat(26)}`;
  it.each([
    ['forged', forged, 'NOT_FOUND'],
    ['of a window that never was', `${startsAt + 1}${code.slice(10)}`, 'NOT_FOUND'],
    ['of a window to come', `${startsAt + 300}${code.slice(10)}`, 'NOT_FOUND'],
    ['of long ago', `${startsAt - 300_000}${code.slice(10)}`, 'GONE'],
  ])('because it is %s is refused and changes nothing', async (_what, by, expected) => {
    const { scan, left, memory } = prepare();
    await expect(scan({ code: by })).rejects.toMatchObject({ code: expected });
    expect(left()).toBe(10);
    expect(memory.requests).toEqual([]);
  });

  it('because it is forged tells nothing of the guest’s admission by the right one', async () => {
    const { scan, memory } = prepare();
    const made = await scan();
    memory.orders.set(made.orderId, order({ orderId: made.orderId, status: 'CANCELLED' }));
    await expect(scan({ code: forged })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('because all tokens are taken says when the next one comes', async () => {
    const { scan, state } = prepare({ windows: [window({ tokensLeft: 0 })] });
    state.seconds = 100.5;
    await expect(scan()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 200 });
  });

  it('because the café is closed says so, right or wrong', async () => {
    const { scan, left } = prepare({ shop: cafe({ isOpen: false }) });
    await expect(scan()).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching('closed'),
    });
    await expect(scan({ code: forged })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(left()).toBe(10);
  });

  it('because the café does not take orders', async () => {
    const { scan } = prepare({ shop: cafe({ cafeId: sampleId(77) }) });
    await expect(scan()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('because the café closes at that very moment leaves the guest admitted for later', async () => {
    const { scan, left, memory } = prepare();
    memory.answer = () => ({ outcome: 'CAFE_CLOSED' });
    await expect(scan()).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching('closed'),
    });
    memory.answer = undefined;
    expect(await scan()).toMatchObject({ status: 'ADMITTED' });
    expect(left()).toBe(9);
  });
});
