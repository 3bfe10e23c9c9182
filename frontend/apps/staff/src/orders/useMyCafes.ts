import type { CafeList } from '@happy-path/api-client';
import { type Loadable, type LoadState, useLoad, useServices } from '@happy-path/app';
import { type ComputedRef, computed } from 'vue';

export type MyCafe = CafeList['items'][number];

export interface MyCafes extends Loadable {
  /** Those where the person makes orders. */
  readonly cafes: ComputedRef<readonly MyCafe[]>;
}

const KEY = 'happy-path-cafe';

/** The cafés where the person signed in makes orders. */
export function useMyCafes(): MyCafes {
  const { api, session } = useServices();
  const { value, state, error, refresh } = useLoad(
    () => session.user.value?.id,
    (signal) => api.orders.cafes({ signal }),
  );
  const cafes = computed(() => value.value?.items.filter(({ isStaff }) => isStaff) ?? []);
  return {
    cafes,
    state: computed<LoadState>(() =>
      state.value === 'ready' && cafes.value.length === 0 ? 'empty' : state.value,
    ),
    error,
    refresh,
  };
}

/** Keeps on this device which café it stands in. */
export const rememberCafe = (cafeId: string): void => localStorage.setItem(KEY, cafeId);

/** The café to go to without asking: the one of last time, or the only one. */
export function usualCafe(cafes: readonly MyCafe[]): MyCafe | undefined {
  const last = localStorage.getItem(KEY);
  return cafes.find(({ cafeId }) => cafeId === last) ?? (cafes.length === 1 ? cafes[0] : undefined);
}
