import type { Cafe, MenuItem } from '@happy-path/api-client';

export const flatWhite: MenuItem = {
  id: 'flat-white',
  name: 'Flat white',
  cents: 450,
  available: true,
  modifiers: [
    {
      id: 'milk',
      name: 'Milk',
      options: [
        { id: 'whole', name: 'Whole milk', cents: 0 },
        { id: 'oat', name: 'Oat milk', cents: 60 },
      ],
    },
  ],
};

export const tea: MenuItem = { id: 'tea', name: 'Tea', cents: 300, available: true, modifiers: [] };

export const cafe = (more: Partial<Cafe> = {}): Cafe => ({
  cafeId: 'cafe',
  name: 'Café One',
  isOpen: true,
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  menu: [flatWhite, tea],
  revision: 1,
  preOrder: { leadSeconds: 600, maxSeconds: 14_400 },
  ...more,
});
