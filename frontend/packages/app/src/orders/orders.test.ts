// @vitest-environment node
import type { MenuItem } from '@happy-path/api-client';
import { expect, it } from 'vitest';
import { isFinal, orderStatuses } from '#contracts/orders.ts';
import { drinkText, isCancellable, isRunning, money, orderMessages, phaseOf, priceOf } from './index.ts';

const flatWhite: MenuItem = {
  id: 'flat-white',
  name: 'Flat white',
  cents: 450,
  available: true,
  modifiers: [
    {
      id: 'size',
      name: 'Size',
      options: [
        { id: 'small', name: 'Small', cents: 0 },
        { id: 'large', name: 'Large', cents: 100 },
      ],
    },
    {
      id: 'milk',
      name: 'Milk',
      options: [
        { id: 'whole', name: 'Whole milk', cents: 20 },
        { id: 'oat', name: 'Oat milk', cents: 60 },
      ],
    },
  ],
};

it.each([
  [450, 'USD', '$4.50'],
  [0, 'USD', '$0.00'],
  [123_456, 'EUR', '€1,234.56'],
])('writes %d cents of %s as %s', (cents, currency, text) => {
  expect(money(cents, currency, 'en-US')).toBe(text);
});

it('names a drink with its options in one line', () => {
  const drink = { itemId: 'flat-white', name: 'Flat white', cents: 610 };
  const option = (name: string) => ({ id: 'x', name: 'X', optionId: 'y', option: name });

  expect(drinkText({ ...drink, modifiers: [option('Large'), option('Oat milk')] })).toBe(
    'Flat white · Large, Oat milk',
  );
  expect(drinkText({ ...drink, modifiers: [] })).toBe('Flat white');
});

it.each([
  [{}, 470],
  [{ size: 'large' }, 570],
  [{ size: 'large', milk: 'oat' }, 610],
  [{ size: 'gone' }, 470],
])('adds up the price of %o', (chosen, cents) => {
  expect(priceOf(flatWhite, chosen)).toBe(cents);
});

it.each(orderStatuses)(
  'knows for %s whether it is over, as the contract does, and has words for it',
  (status) => {
    expect(isRunning(status)).toBe(!isFinal(status));
    expect(orderMessages.status[status]).not.toBe('');
    expect(phaseOf(status)).toBeDefined();
  },
);

it('lets a guest cancel until the drink is prepared', () => {
  expect(orderStatuses.filter(isCancellable)).toEqual([
    'ADMITTED',
    'STARTED',
    'AWAITING_CHOICE',
    'PLACED',
    'SCHEDULED',
    'QUEUED',
    'MAKING',
  ]);
});
