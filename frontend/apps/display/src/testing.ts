import type { Board, TokenWindow } from '@happy-path/api-client';
import { cafe as sampleCafe } from '@happy-path/app/testing';

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

export const cafe = sampleCafe({ cafeId, name: "Degnan's Kitchen", menu: [] });
