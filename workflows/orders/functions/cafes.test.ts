import { describe, expect, it } from 'vitest';
import {
  board as boardSchema,
  cafeList,
  cafe as cafeSchema,
  changeCafeRequest,
  tokenWindow,
} from '#contracts/api/orders.ts';
import type { CafeItem } from '#contracts/tables/order-items.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { MemoryCafeStore } from '../testing/memory-cafe-store.ts';
import { MemoryOrders } from '../testing/memory-orders.ts';
import { MemoryWindowStore } from '../testing/memory-window-store.ts';
import {
  admin,
  barista,
  cafe,
  cafeId,
  guest,
  later,
  menu,
  order,
  otherBarista,
  ranger,
  sampleId,
  time,
} from '../testing/samples.ts';
import { changeCafe } from './change-cafe/change-cafe.ts';
import { getBoard } from './get-board/get-board.ts';
import { getCafe } from './get-cafe/get-cafe.ts';
import { listCafes } from './list-cafes/list-cafes.ts';
import { newSecret } from './show-window/new-secret.ts';
import { showWindow } from './show-window/show-window.ts';

const preOrder = { leadSeconds: 300, maxSeconds: 7200 };
const path = { cafeId };
const now = () => later(0);
const elsewhere = { cafeId: sampleId(9) };
const everybody: [string, Caller | undefined, boolean][] = [
  ['nobody', undefined, false],
  ['a guest', guest, false],
  ['a ranger', ranger, false],
  ['a barista of another café', otherBarista, false],
  ['somebody who was a barista', { ...barista, groups: [] }, false],
  ['its barista', barista, true],
  ['an admin', admin, true],
];

describe('listCafes', () => {
  it.each(everybody)('tells %s where that one may work', async (_who, caller, isStaff) => {
    const cafes = new MemoryCafeStore(cafe());
    const answer = await listCafes({ cafes })({ caller });
    expect(cafeList.parse(answer)).toEqual(answer);
    expect(answer.items).toEqual([{ cafeId, name: 'Village Café', isOpen: true, isStaff }]);
  });
});

describe('getCafe', () => {
  it.each(everybody)('shows %s the menu, and its staff the rest', async (_who, caller, isStaff) => {
    const cafes = new MemoryCafeStore(cafe());
    cafes.busy = 3;
    const answer = await getCafe({ cafes, preOrder })({ path, caller });
    expect(cafeSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ menu, preOrder, revision: 1, isOpen: true });
    const inner = { capacity: answer.capacity, running: answer.running, staff: answer.staff };
    expect(inner).toEqual(isStaff ? { capacity: 20, running: 3, staff: [barista.userId] } : {});
  });

  it('knows no café that does not take orders', async () => {
    const attempt = getCafe({ cafes: new MemoryCafeStore(), preOrder })({ path, caller: admin });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('changeCafe', () => {
  function prepare(...given: readonly CafeItem[]) {
    const cafes = new MemoryCafeStore(...given);
    const run = changeCafe({ cafes, preOrder, now: () => later(60) });
    const change = (body: object, caller: Caller = barista, at = path) =>
      run({ path: at, body: changeCafeRequest.parse(body), caller });
    return { cafes, change, stored: () => cafes.cafes.get(cafeId) };
  }
  const setUp = { revision: 0, name: 'New', currency: 'USD', timeZone: 'America/Denver', capacity: 5 };

  it('changes what is given and leaves the rest', async () => {
    const { change, stored } = prepare(cafe());
    const answer = await change({ revision: 1, isOpen: false, capacity: 8 });
    const changed = cafe({ isOpen: false, capacity: 8, revision: 2, changedAt: later(60).toISOString() });
    expect(stored()).toEqual(changed);
    expect(cafeSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ isOpen: false, capacity: 8, revision: 2, menu });
  });

  it('writes nothing when nothing is different', async () => {
    const { change, stored } = prepare(cafe());
    expect(await change({ revision: 1, isOpen: true, menu })).toMatchObject({ revision: 1 });
    expect(stored()).toEqual(cafe());
  });

  it('lets one of two baristas win who change the same revision', async () => {
    const { change, stored } = prepare(cafe());
    const both = await Promise.allSettled([5, 6].map((capacity) => change({ revision: 1, capacity })));
    const lost = both.find(({ status }) => status === 'rejected');
    expect(lost).toMatchObject({
      reason: { code: 'CONFLICT', message: expect.stringContaining('Another barista changed the café') },
    });
    expect(stored()?.revision).toBe(2);
    await expect(change({ revision: 1, isOpen: false })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each(everybody)('is open to %s only as far as that one belongs there', async (_who, caller, isStaff) => {
    const { cafes, stored } = prepare(cafe());
    const run = changeCafe({ cafes, preOrder, now })({ path, body: { revision: 1, capacity: 1 }, caller });
    if (isStaff) await run;
    else await expect(run).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(stored()?.capacity).toBe(isStaff ? 1 : 20);
  });

  it('lets admins alone choose the staff', async () => {
    const { change, stored } = prepare(cafe());
    const own = change({ revision: 1, staff: [barista.userId, 'friend'] });
    await expect(own).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await change({ revision: 1, staff: ['friend'] }, admin);
    expect(stored()?.staff).toEqual(['friend']);
  });

  it('lets admins alone set a café up, closed and empty until they say otherwise', async () => {
    const { change, stored } = prepare();
    await expect(change(setUp)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await change(setUp, admin);
    const { revision: _, ...given } = setUp;
    const empty = { isOpen: false, menu: [], staff: [], revision: 1, changedAt: later(60).toISOString() };
    expect(stored()).toEqual({ entity: 'cafe', cafeId, ...given, ...empty });
  });

  it('sets no café up that is there, or without what it needs', async () => {
    const there = prepare(cafe());
    await expect(there.change(setUp, admin)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { change } = prepare();
    await expect(change({ revision: 0, name: 'New', capacity: 5 }, admin)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: [{ path: 'body.currency' }, { path: 'body.timeZone' }],
    });
  });

  it('knows no café that does not take orders', async () => {
    const { change } = prepare(cafe());
    const attempt = change({ revision: 1, isOpen: false }, admin, elsewhere);
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a drink that its options make too dear', async () => {
    const options = [
      { id: 'a', name: 'A', cents: 0 },
      { id: 'b', name: 'B', cents: 2 },
    ];
    const item = (cents: number) => ({
      id: 'gold',
      name: 'Gold',
      available: true,
      cents,
      modifiers: [{ id: 'm', name: 'M', options }],
    });
    const { change, stored } = prepare(cafe());
    const attempt = change({ revision: 1, menu: [item(99_999)] });
    await expect(attempt).rejects.toMatchObject({ details: [{ path: 'body.menu' }] });
    await change({ revision: 1, menu: [item(99_998)] });
    expect(stored()?.menu).toEqual([item(99_998)]);
  });
});

describe('showWindow', () => {
  const start = Math.floor(Date.parse(time) / 1000);
  function prepare(shop = cafe(), seconds = 0) {
    const windows = new MemoryWindowStore();
    const state = { seconds, secrets: 0 };
    const run = showWindow({
      cafes: new MemoryCafeStore(shop),
      windows,
      plan: { windowSeconds: 300, tokens: 10 },
      newSecret: () => {
        state.secrets += 1;
        return String(state.secrets).padStart(26, '0');
      },
      now: () => later(state.seconds),
    });
    return { windows, state, show: (caller: Caller | undefined = barista) => run({ path, caller }) };
  }

  it('makes the window of this moment, aligned to its length', async () => {
    const { show, windows } = prepare(cafe(), 299.9);
    const answer = await show();
    expect(tokenWindow.parse(answer)).toEqual(answer);
    expect(answer).toEqual({
      cafeId,
      isOpen: true,
      code: `${start}-${'1'.padStart(26, '0')}`,
      tokens: 10,
      tokensLeft: 10,
      startsAt: time,
      endsAt: later(300).toISOString(),
    });
    expect(windows.windows.size).toBe(1);
  });

  it('shows every display the same code until the next window begins', async () => {
    const { show, state } = prepare();
    const shown = await Promise.all(Array.from({ length: 20 }, () => show()));
    expect(new Set(shown.map(({ code }) => code)).size).toBe(1);
    state.seconds = 300;
    const next = await show();
    expect(next.startsAt).toBe(later(300).toISOString());
    expect(next.code).not.toBe(shown[0]?.code);
  });

  it('hides the code when all tokens are taken', async () => {
    const { show, windows } = prepare();
    await show();
    for (const [key, window] of windows.windows) windows.windows.set(key, { ...window, tokensLeft: 0 });
    const answer = await show();
    expect(answer).not.toHaveProperty('code');
    expect(answer).toMatchObject({ isOpen: true, tokens: 10, tokensLeft: 0 });
  });

  it('shows no code and makes no window while the café is closed', async () => {
    const { show, windows } = prepare(cafe({ isOpen: false }));
    const answer = await show();
    expect(tokenWindow.parse(answer)).toEqual(answer);
    expect(answer).not.toHaveProperty('code');
    expect(answer).toMatchObject({ isOpen: false, tokensLeft: 0 });
    expect(windows.windows.size).toBe(0);
  });

  it.each(everybody)('tells the code to %s only if that one belongs there', async (_who, caller, isStaff) => {
    const { windows } = prepare();
    const run = showWindow({
      cafes: new MemoryCafeStore(cafe()),
      windows,
      plan: { windowSeconds: 300, tokens: 1 },
      newSecret,
      now,
    })({ path, caller });
    if (isStaff) expect(tokenWindow.parse(await run).code).toBeDefined();
    else await expect(run).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(windows.windows.size).toBe(isStaff ? 1 : 0);
  });

  it('makes secrets of 26 characters that do not repeat', () => {
    const secrets = Array.from({ length: 500 }, newSecret);
    expect(new Set(secrets).size).toBe(500);
    for (const secret of secrets) expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });
});

describe('getBoard', () => {
  const at = (status: Parameters<typeof order>[0], seconds: number, number: number) =>
    order({ ...status, orderId: sampleId(100 + number), number, statusAt: later(seconds).toISOString() });

  it('shows what waits and is made oldest first, and what is ready newest first for ten minutes', async () => {
    const orders = new MemoryOrders(
      at({ status: 'QUEUED' }, 20, 5),
      at({ status: 'QUEUED' }, 10, 6),
      at({ status: 'MAKING' }, 5, 4),
      at({ status: 'PREPARED' }, 3, 3),
      at({ status: 'COMPLETED' }, 2, 2),
      at({ status: 'COMPLETED' }, 4, 9),
      at({ status: 'COMPLETED' }, -571, 1),
      at({ status: 'SCHEDULED' }, 0, 7),
      at({ status: 'CANCELLED' }, 0, 8),
      order({ orderId: sampleId(90), status: 'MAKING' }),
    );
    const board = await getBoard({ orders, cafes: new MemoryCafeStore(cafe()), now: () => later(30) })({
      path,
    });
    expect(boardSchema.parse(board)).toEqual(board);
    expect(board).toEqual({ cafeId, isOpen: true, waiting: [6, 5], making: [4], ready: [9, 3, 2] });
  });

  it('knows no café that does not take orders', async () => {
    const dependencies = { orders: new MemoryOrders(), cafes: new MemoryCafeStore(), now };
    await expect(getBoard(dependencies)({ path })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
