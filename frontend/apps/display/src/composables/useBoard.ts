import type { Board } from '@happy-path/api-client';
import { type LoadError, useServices } from '@happy-path/app';
import { type ComputedRef, computed, type Ref } from 'vue';
import type { ServerClock } from './server-clock.ts';
import { useFresh } from './useFresh.ts';
import { useLiveRead } from './useLiveRead.ts';

export interface UseBoard {
  readonly board: Readonly<Ref<Board | undefined>>;
  readonly error: Readonly<Ref<LoadError | undefined>>;
  /** Ready numbers that have just come. */
  readonly fresh: Readonly<Ref<ReadonlySet<number>>>;
  /** When what is shown was true, by the server's clock. */
  readonly asOf: ComputedRef<number | undefined>;
  hint(): void;
  now(): void;
}

/** Messages do the work; without them the board must not be old when a guest looks at it. */
const EVERY = { live: 60_000, deaf: 10_000 };

/** The café's order board. */
export function useBoard(cafeId: string, clock: ServerClock): UseBoard {
  const { api, realtime } = useServices();
  const live = useLiveRead({
    read: async (signal) => ({ board: await api.orders.board(cafeId, { signal }), asOf: clock.now() }),
    every: () => EVERY[realtime.state.value === 'online' ? 'live' : 'deaf'],
  });
  const board = computed(() => live.value.value?.board);

  return {
    board,
    error: live.error,
    fresh: useFresh(() => board.value?.ready),
    asOf: computed(() => live.value.value?.asOf),
    hint: live.hint,
    now: live.now,
  };
}
