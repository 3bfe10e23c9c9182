import { onStage, order } from '@happy-path/app/testing';
import { expect, it, vi } from 'vitest';
import { useMyOrders } from './useMyOrders.ts';

function list() {
  return onStage(
    ({ api, user }) => {
      user.value = { id: 'u1', groups: [] };
      api.orders.mine.mockResolvedValue({
        items: [order('o3', { status: 'QUEUED' }), order('o1', { status: 'COMPLETED' })],
        nextCursor: 'c',
      });
    },
    () => useMyOrders(),
  );
}
const ids = (orders: readonly { orderId: string }[]) => orders.map(({ orderId }) => orderId);

it('puts what is going on before what is over, page by page', async () => {
  const { result, api } = list();
  await vi.waitFor(() => expect(result.state.value).toBe('ready'));
  expect(ids(result.running.value)).toEqual(['o3']);
  api.orders.mine.mockResolvedValue({ items: [order('o0', { status: 'CANCELLED' })] });

  await result.loadMore();

  expect(ids(result.over.value)).toEqual(['o1', 'o0']);
  expect(result.end.value).toBe(true);
});

it('is empty for guests, without asking', async () => {
  const { result, api } = onStage(
    () => {},
    () => useMyOrders(),
  );

  await vi.waitFor(() => expect(result.state.value).toBe('empty'));

  expect(api.orders.mine).not.toHaveBeenCalled();
});

it('changes as the café goes on, and takes in a new order where it belongs', async () => {
  const { result, api, realtime } = list();
  await vi.waitFor(() => expect(result.state.value).toBe('ready'));

  api.orders.order.mockResolvedValueOnce(order('o3', { status: 'TIMED_OUT' }));
  realtime.emit('users/u1', { type: 'OrderTimedOut', data: { orderId: 'o3' } });
  await vi.waitFor(() => expect(ids(result.over.value)).toEqual(['o3', 'o1']));
  api.orders.order.mockResolvedValueOnce(order('o2', { status: 'ADMITTED' }));
  realtime.emit('users/u1', { type: 'NewOrderAdmitted', data: { orderId: 'o2' } });
  realtime.emit('users/u1', { type: 'PhotoPublished', data: { photoId: 'p' } });

  await vi.waitFor(() => expect(ids(result.items.value)).toEqual(['o3', 'o2', 'o1']));
  expect(api.orders.order).toHaveBeenCalledTimes(2);
});
