import { onStage, order } from '@happy-path/app/testing';
import { expect, it, vi } from 'vitest';
import { factsOfOrder } from './order-facts.ts';
import { useOrder } from './useOrder.ts';

it('reads an order again when its café tells of it, and after a reconnect', async () => {
  const { api, realtime, result } = onStage(
    ({ api }) => void api.orders.order.mockResolvedValue(order('o')),
    () => useOrder('cafe', 'o'),
  );
  await vi.waitFor(() => expect(result.order.value?.status).toBe('QUEUED'));
  api.orders.order.mockResolvedValue(order('o', { status: 'MAKING' }));

  realtime.emit('cafes/cafe', { type: 'PreparationStarted', journeyId: 'another' });
  realtime.emit('cafes/cafe', { type: 'PreparationStarted', journeyId: 'o' });
  await vi.waitFor(() => expect(result.order.value?.status).toBe('MAKING'));
  expect(api.orders.order).toHaveBeenCalledTimes(2);
  realtime.reconnect();

  await vi.waitFor(() => expect(api.orders.order).toHaveBeenCalledTimes(3));
});

it('knows what is known of an order, and says what is not chosen yet', () => {
  const facts = (...of: Parameters<typeof factsOfOrder>) => Object.fromEntries(factsOfOrder(...of));
  const drink = { itemId: 'tea', name: 'Tea', cents: 325, modifiers: [] };
  const pickUpAt = '2026-06-01T14:30:00.000Z';

  expect(facts(order('o', { status: 'AWAITING_CHOICE' }), undefined)).toMatchObject({
    Drink: 'Not chosen yet',
    How: 'Scanned at the café',
    Id: 'o',
  });
  const known = facts(
    order('o', { kind: 'PRE_ORDER', drink, pickUpAt, message: 'Sold out.', cancelledBy: 'CAFE' }),
    'America/New_York',
  );
  expect(known).toMatchObject({ Drink: 'Tea', Price: '$3.25', Why: 'Sold out.', 'Ended by': 'The café' });
  expect(known['Pick-up']).toMatch(/^10:30\sAM at the café$/);
});
