import { type InjectionKey, inject } from 'vue';
import type { Board } from './useBoard.ts';
import type { UseCafe } from './useCafe.ts';
import type { Sound } from './useSound.ts';

/** What the pages of one café share, so that its orders are heard and sent on each of them. */
export interface Desk {
  readonly cafeId: string;
  readonly cafe: UseCafe;
  readonly board: Board;
  readonly sound: Sound;
}

export const deskKey: InjectionKey<Desk> = Symbol('desk');

/** The desk of the café, inside one of its pages. */
export function useDesk(): Desk {
  const desk = inject(deskKey);
  if (!desk) throw new Error('Expected to be inside CafeView, got no desk');
  return desk;
}
