import type { Board, Cafe, TokenWindow } from '@happy-path/api-client';

export const cafeId = '01HAPPYPATH000000000000015';
const secret = '0123456789ABCDEFGHJKMNPQRS';

/** The window that a café of 300 seconds has at a moment. */
export function windowAt(time: number, more: Partial<TokenWindow> = {}, length = 300_000): TokenWindow {
  const start = Math.floor(time / length) * length;
  return {
    cafeId,
    isOpen: true,
    code: `${start / 1000}-${secret}`,
    tokens: 10,
    tokensLeft: 10,
    startsAt: new Date(start).toISOString(),
    endsAt: new Date(start + length).toISOString(),
    ...more,
  };
}

export const boardOf = (more: Partial<Board> = {}): Board => ({
  cafeId,
  isOpen: true,
  waiting: [],
  making: [],
  ready: [],
  ...more,
});

export const cafe: Cafe = {
  cafeId,
  name: "Degnan's Kitchen",
  isOpen: true,
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  menu: [],
  revision: 1,
  preOrder: { leadSeconds: 300, maxSeconds: 7200 },
};
