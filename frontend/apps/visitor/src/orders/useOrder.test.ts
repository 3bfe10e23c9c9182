import { ApiError, OfflineError, type Order } from '@happy-path/api-client';
import { onStage, order } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useOrder } from './useOrder.ts';

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.useRealTimers());

let count = 0;
/** Each test has an order of its own: what is told is told once. */
const nextId = () => `order-${++count}`;

function watchOrder(first: Order | Error, orderId = nextId()) {
  const answer = (stage: Parameters<Parameters<typeof onStage>[0]>[0]) => {
    stage.user.value = { id: 'u1', groups: [] };
    if (first instanceof Error) stage.api.orders.order.mockRejectedValue(first);
    else stage.api.orders.order.mockResolvedValue({ ...first, orderId });
  };
  return { ...onStage(answer, () => useOrder(orderId)), orderId };
}

describe('an order that one looks at', () => {
  it('follows what happens to it, and says when it is ready', async () => {
    const { result, api, realtime, toasts, orderId } = watchOrder(
      order('', { status: 'MAKING', number: 12 }),
    );
    await vi.waitFor(() => expect(result.order.value?.status).toBe('MAKING'));
    api.orders.order.mockResolvedValue(order(orderId, { status: 'PREPARED', number: 12 }));

    realtime.emit('users/u1', { type: 'PreparationCompleted', data: { orderId: 'another' } });
    realtime.emit('users/u1', { type: 'PreparationCompleted', data: { orderId } });

    await vi.waitFor(() => expect(result.order.value?.status).toBe('PREPARED'));
    expect(api.orders.order).toHaveBeenCalledTimes(2);
    expect(toasts.toasts.value).toMatchObject([
      { kind: 'success', text: expect.stringContaining('Number 12'), to: `/me/orders/${orderId}` },
    ]);
    expect(document.title).toContain('Number 12 is ready');
  });

  it('is told ready once, although it is completed a moment later', async () => {
    const { result, api, toasts, orderId } = watchOrder(order('', { status: 'MAKING' }));
    await vi.waitFor(() => expect(result.state.value).toBe('ready'));

    for (const status of ['PREPARED', 'COMPLETED'] as const) {
      api.orders.order.mockResolvedValue(order(orderId, { status }));
      await result.refresh();
    }

    expect(toasts.toasts.value).toHaveLength(1);
  });

  it('says why the café could not make it, and nothing about what the guest did', async () => {
    const ended = watchOrder(order('', { status: 'QUEUED' }));
    const cancelled = watchOrder(order('', { status: 'QUEUED' }));
    await vi.waitFor(() => expect(ended.result.state.value).toBe('ready'));
    await vi.waitFor(() => expect(cancelled.result.state.value).toBe('ready'));
    ended.api.orders.order.mockResolvedValue(
      order(ended.orderId, { status: 'TIMED_OUT', message: 'Not made in time.' }),
    );
    cancelled.api.orders.order.mockResolvedValue(
      order(cancelled.orderId, { status: 'CANCELLED', cancelledBy: 'GUEST' }),
    );

    await ended.result.refresh();
    await cancelled.result.refresh();

    expect(ended.toasts.toasts.value).toMatchObject([{ kind: 'attention', text: 'Not made in time.' }]);
    expect(cancelled.toasts.toasts.value).toEqual([]);
  });

  it('is looked at from time to time while it goes on, should the channel be blocked', async () => {
    vi.useFakeTimers();
    const { result, api, orderId } = watchOrder(order('', { status: 'QUEUED' }));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(api.orders.order).toHaveBeenCalledTimes(2);
    api.orders.order.mockResolvedValue(order(orderId, { status: 'COMPLETED' }));

    await vi.advanceTimersByTimeAsync(60_000);

    expect(result.order.value?.status).toBe('COMPLETED');
    expect(api.orders.order).toHaveBeenCalledTimes(3);
  });

  it('is left alone once its page is', async () => {
    vi.useFakeTimers();
    const { api, realtime, unmount } = watchOrder(order('', { status: 'QUEUED' }));
    await vi.advanceTimersByTimeAsync(0);

    unmount();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(api.orders.order).toHaveBeenCalledTimes(1);
    expect(realtime.topics()).toEqual([]);
  });
});

describe('without reception', () => {
  it('the order is shown as it stood, and anew when reception is back', async () => {
    const first = watchOrder(order('', { status: 'QUEUED', number: 7 }));
    await vi.waitFor(() => expect(first.result.order.value?.number).toBe(7));
    first.unmount();
    const { result, api, setOnline, orderId } = watchOrder(new OfflineError(), first.orderId);
    await vi.waitFor(() => expect(result.order.value?.number).toBe(7));
    expect(result.stale.value).toBe(true);
    api.orders.order.mockResolvedValue(order(orderId, { status: 'MAKING', number: 7 }));

    setOnline(false);
    setOnline(true);

    await vi.waitFor(() => expect(result.order.value?.status).toBe('MAKING'));
    expect(result.stale.value).toBe(false);
  });

  it('nobody sees the order of who had the phone before', async () => {
    sessionStorage.setItem('happy-path:order', JSON.stringify({ userId: 'u2', order: order('mine') }));

    const { result } = watchOrder(new OfflineError(), 'mine');

    await vi.waitFor(() => expect(result.error.value?.kind).toBe('offline'));
    expect(result.order.value).toBeUndefined();
  });
});

describe('what the guest does', () => {
  it('gives the drink and shows what came of it', async () => {
    const { result, api, orderId } = watchOrder(order('', { status: 'AWAITING_CHOICE' }));
    await vi.waitFor(() => expect(result.state.value).toBe('ready'));
    api.orders.place.mockResolvedValue(order(orderId, { status: 'PLACED' }));
    api.orders.order.mockResolvedValue(order(orderId, { status: 'QUEUED', number: 3 }));

    await result.choose({ drink: { itemId: 'tea', modifiers: {} }, name: 'Ann' });

    expect(api.orders.place).toHaveBeenCalledWith(orderId, {
      drink: { itemId: 'tea', modifiers: {} },
      name: 'Ann',
    });
    expect(result.order.value?.number).toBe(3);
  });

  it('cancels, or learns from the API that it is too late', async () => {
    const { result, api, orderId } = watchOrder(order('', { status: 'QUEUED' }));
    await vi.waitFor(() => expect(result.state.value).toBe('ready'));
    api.orders.decide.mockRejectedValueOnce(new ApiError(409, { code: 'CONFLICT', message: 'It is ready.' }));
    api.orders.decide.mockResolvedValueOnce(order(orderId, { status: 'CANCELLED' }));

    await expect(result.cancel()).rejects.toThrow('It is ready.');
    await result.cancel();

    expect(api.orders.decide).toHaveBeenCalledWith(orderId, { decision: 'cancel' });
  });

  it('fetches the link to the receipt when it is wanted', async () => {
    const { result, api } = watchOrder(order('', { status: 'COMPLETED' }));
    api.orders.receipt.mockResolvedValue({ html: 'https://b/r.html', json: '', expiresAt: '' });

    await expect(result.receipt()).resolves.toBe('https://b/r.html');
  });
});
