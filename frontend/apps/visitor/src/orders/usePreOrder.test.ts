import { ApiError, OfflineError } from '@happy-path/api-client';
import { onStage, order } from '@happy-path/app/testing';
import { expect, it, vi } from 'vitest';
import { usePreOrder } from './usePreOrder.ts';

const wish = { drink: { itemId: 'tea', modifiers: {} }, pickUpAt: '2026-06-01T12:30:00.000Z' };

function form() {
  const onOrder = vi.fn();
  return {
    ...onStage(
      () => {},
      () => usePreOrder(onOrder),
    ),
    onOrder,
  };
}

it('orders once, however often the same wish is sent', async () => {
  const { result, api, onOrder } = form();
  api.orders.preOrder.mockRejectedValueOnce(new OfflineError()).mockResolvedValueOnce(order('o1'));

  await result.send('cafe', wish);
  expect(result.refused.value).toContain('reception');
  await result.send('cafe', wish);

  const ids = api.orders.preOrder.mock.calls.map(([, { orderId }]) => orderId);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  expect(onOrder).toHaveBeenCalledExactlyOnceWith(ids[0], false);
});

it('gives another wish another id', async () => {
  const { result, api } = form();
  api.orders.preOrder.mockRejectedValue(
    new ApiError(400, { code: 'INVALID_REQUEST', message: 'Too early.' }),
  );

  await result.send('cafe', wish);
  await result.send('cafe', { ...wish, name: 'Ann' });

  expect(result.refused.value).toBe('Too early.');
  expect(new Set(api.orders.preOrder.mock.calls.map(([, { orderId }]) => orderId)).size).toBe(2);
});

it('goes to the order that runs already', async () => {
  const { result, api, onOrder } = form();
  api.orders.preOrder.mockRejectedValue(
    new ApiError(409, {
      code: 'CONFLICT',
      message: 'Running.',
      details: [{ path: 'orderId', message: 'o9' }],
    }),
  );

  await result.send('cafe', wish);

  expect(onOrder).toHaveBeenCalledExactlyOnceWith('o9', true);
});
