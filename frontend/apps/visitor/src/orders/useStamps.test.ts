import { onStage, order } from '@happy-path/app/testing';
import { expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import { useStamps } from './useStamps.ts';

const stamp = (orderId: string) => ({ orderId, cafeId: 'cafe', stampedAt: '2026-06-01T12:01:30.000Z' });

it('shows a completed order as on its way until its stamp is there', async () => {
  const orders = shallowRef([
    order('o3', { status: 'QUEUED' }),
    order('o2', { status: 'COMPLETED' }),
    order('o1', { status: 'COMPLETED' }),
  ]);
  const { result, api, realtime } = onStage(
    ({ api, user }) => {
      user.value = { id: 'u1', groups: [] };
      api.orders.stamps.mockResolvedValue({ stamps: [stamp('o1')] });
    },
    () => useStamps(orders),
  );
  await vi.waitFor(() => expect(result.state.value).toBe('ready'));
  expect(result.onTheWay.value.map(({ orderId }) => orderId)).toEqual(['o2']);
  api.orders.stamps.mockResolvedValue({ stamps: [stamp('o2'), stamp('o1')] });

  realtime.emit('users/u1', { type: 'OrderCompleted' });
  realtime.emit('users/u1', { type: 'StampGiven' });

  await vi.waitFor(() => expect(result.stamps.value).toHaveLength(2));
  expect(result.onTheWay.value).toEqual([]);
  expect(api.orders.stamps).toHaveBeenCalledTimes(2);
});

it('promises no stamp before it knows the card', async () => {
  const { result } = onStage(
    ({ api }) => api.orders.stamps.mockRejectedValue(new Error('broken')),
    () => useStamps(shallowRef([order('o1', { status: 'COMPLETED' })])),
  );
  vi.spyOn(console, 'error').mockReturnValue();

  await vi.waitFor(() => expect(result.state.value).toBe('error'));

  expect(result.onTheWay.value).toEqual([]);
});
