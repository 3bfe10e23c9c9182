import { ApiError, OfflineError, type Order } from '@happy-path/api-client';
import { onStage, order } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useBoard } from './useBoard.ts';

const now = Date.UTC(2026, 5, 1, 12, 0);
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

const answerBy = new Date(now + 900_000).toISOString();
const queued = (orderId: string, more: Partial<Order> = {}) => order(orderId, { answerBy, ...more });
const conflict = (message: string) => new ApiError(409, { code: 'CONFLICT', message });

async function look(...orders: Order[]) {
  /** What the café has; a test changes it. */
  const cafe = { orders };
  const onArrival = vi.fn();
  const stage = onStage(
    ({ api, user }) => {
      user.value = { id: 'u1', groups: ['baristas'] };
      api.orders.cafeOrders.mockImplementation(async (_cafeId, { status }) => ({
        items: cafe.orders.filter((one) => one.status === status),
      }));
      api.orders.board.mockResolvedValue({
        cafeId: 'cafe',
        isOpen: true,
        waiting: [],
        making: [],
        ready: [],
      });
    },
    () => useBoard('cafe', { onArrival }),
  );
  await vi.advanceTimersByTimeAsync(0);
  const { columns } = stage.result;
  const shown = () => ({
    waiting: columns.value.waiting.map(({ orderId }) => orderId),
    making: columns.value.making.map(({ orderId }) => orderId),
  });
  const hear = async () => {
    stage.realtime.emit('cafes/cafe', { type: 'OrderQueued', journeyId: 'x' });
    await vi.advanceTimersByTimeAsync(200);
  };
  const texts = () => stage.toasts.toasts.value.map(({ text }) => text);
  return { ...stage, cafe, onArrival, shown, hear, texts };
}

describe('the board', () => {
  it('shows what waits and what is made, and how many are choosing', async () => {
    const { result, shown } = await look(
      queued('a'),
      queued('m', { status: 'MAKING' }),
      order('c', { status: 'AWAITING_CHOICE' }),
    );

    expect(result.state.value).toBe('ready');
    expect(shown()).toEqual({ waiting: ['a'], making: ['m'] });
    expect(result.choosing.value).toBe(1);
    expect(result.limit.value).toBe(900_000);
  });

  it('reads all pages', async () => {
    const { api, result, shown } = await look(queued('a'));
    api.orders.cafeOrders.mockImplementation(async (_cafeId, { status, cursor }) => {
      if (status !== 'QUEUED') return { items: [] };
      return cursor === undefined ? { items: [queued('a')], nextCursor: 'c' } : { items: [queued('b')] };
    });

    await result.refresh();

    expect(shown().waiting).toEqual(['a', 'b']);
  });

  it('reads again once for many messages, after a reconnect, and now and then', async () => {
    const { api, realtime } = await look();
    const reads = () => api.orders.board.mock.calls.length;

    for (let count = 0; count < 5; count++) realtime.emit('cafes/cafe', { type: 'OrderQueued' });
    await vi.advanceTimersByTimeAsync(200);
    expect(reads()).toBe(2);
    realtime.reconnect();
    await vi.advanceTimersByTimeAsync(200);
    expect(reads()).toBe(3);
    await vi.advanceTimersByTimeAsync(30_000);

    expect(reads()).toBe(4);
  });

  it('tells of orders that come, and not of those that were there before', async () => {
    const { result, cafe, onArrival, hear } = await look(queued('a'));
    expect(onArrival).not.toHaveBeenCalled();

    cafe.orders = [queued('a'), queued('b')];
    await hear();
    await hear();

    expect(onArrival).toHaveBeenCalledTimes(1);
    expect([...result.arrived.value]).toEqual(['b']);
    await vi.advanceTimersByTimeAsync(8000);
    expect([...result.arrived.value]).toEqual([]);
  });

  it('stops with the page', async () => {
    const { api, realtime, unmount } = await look();

    unmount();
    await vi.advanceTimersByTimeAsync(90_000);

    expect(api.orders.board).toHaveBeenCalledTimes(1);
    expect(realtime.topics()).toEqual([]);
  });
});

describe('a decision', () => {
  it('shows at once, is sent after five seconds and stays, even if the list is behind', async () => {
    const { api, result, shown } = await look(queued('a'));
    api.orders.decide.mockResolvedValue(queued('a', { status: 'MAKING' }));

    result.decide(queued('a'), { decision: 'accept' });
    expect(shown()).toEqual({ waiting: [], making: ['a'] });
    expect(api.orders.decide).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(6000);

    expect(api.orders.decide).toHaveBeenCalledExactlyOnceWith(
      'a',
      { decision: 'accept' },
      { keepalive: true, idempotencyKey: expect.any(String) },
    );
    expect(result.open.value).toEqual([]);
    expect(shown()).toEqual({ waiting: [], making: ['a'] });
  });

  it('comes back when it is undone', async () => {
    const { result, shown } = await look(queued('a'));
    result.decide(queued('a'), { decision: 'cancel', reason: 'CLOSING' });
    expect(shown().waiting).toEqual([]);

    result.undo(result.open.value[0]?.id ?? 0);
    await vi.advanceTimersByTimeAsync(6000);

    expect(shown().waiting).toEqual(['a']);
  });

  it('is not late for want of the time to undo it', async () => {
    const { api, result } = await look(queued('a'));
    api.orders.decide.mockResolvedValue(queued('a', { status: 'MAKING' }));

    result.decide(queued('a', { answerBy: new Date(now + 3000).toISOString() }), { decision: 'accept' });
    await vi.advanceTimersByTimeAsync(1500);

    expect(api.orders.decide).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['accept', { status: 'MAKING' }, 'No. 12: Another barista is already making it.'],
    ['complete', { status: 'COMPLETED' }, 'No. 12: Another barista has already called it ready.'],
    ['accept', { status: 'CANCELLED', cancelledBy: 'GUEST' }, 'No. 12: The guest has just cancelled it.'],
    ['cancel', { status: 'TIMED_OUT' }, 'No. 12: Its time has just run out; the guest was told.'],
  ] as const)('to %s that came second puts the order where it is, %j', async (decision, as, text) => {
    const { api, result, shown, texts } = await look(queued('a', { number: 12 }));
    api.orders.decide.mockRejectedValue(conflict('No.'));
    api.orders.order.mockResolvedValue(queued('a', as));

    result.decide(queued('a', { number: 12 }), { decision });
    await vi.advanceTimersByTimeAsync(6000);

    expect(texts()).toEqual([text]);
    expect(shown()).toEqual({ waiting: [], making: as.status === 'MAKING' ? ['a'] : [] });
  });

  it('that could not be sent is taken back and said', async () => {
    const { api, result, shown, texts } = await look(queued('a', { number: 12 }));
    api.orders.decide.mockRejectedValue(new OfflineError());

    result.decide(queued('a', { number: 12 }), { decision: 'accept' });
    await vi.advanceTimersByTimeAsync(6000);

    expect(texts()).toEqual(['No. 12: not sent. No network. Try again when you have reception.']);
    expect(shown().waiting).toEqual(['a']);
  });
});
