import type { Order, StampCard } from '@happy-path/api-client';
import { type Loadable, useLiveTopics, useLoad, useServices } from '@happy-path/app';
import { type ComputedRef, computed, type Ref } from 'vue';

export type Stamp = StampCard['stamps'][number];

export interface UseStamps extends Loadable {
  readonly stamps: ComputedRef<readonly Stamp[]>;
  /** Completed orders that the card does not know yet; a minute or two later it does. */
  readonly onTheWay: ComputedRef<readonly Order[]>;
}

/** The stamp card of the person signed in, held against the orders that are known to be completed. */
export function useStamps(orders: Readonly<Ref<readonly Order[]>>): UseStamps {
  const { api, session } = useServices();
  const { value, state, error, refresh, reread } = useLoad(
    () => session.user.value?.id,
    (signal) => api.orders.stamps({ signal }),
  );
  const stamps = computed(() => value.value?.stamps ?? []);
  const stamped = computed(() => new Set(stamps.value.map(({ orderId }) => orderId)));
  useLiveTopics({
    own: true,
    onNotification: ({ type }) => type === 'StampGiven' && void reread(),
    onReconnect: reread,
  });
  return {
    stamps,
    onTheWay: computed(() =>
      value.value === undefined
        ? []
        : orders.value.filter(({ status, orderId }) => status === 'COMPLETED' && !stamped.value.has(orderId)),
    ),
    state,
    error,
    refresh,
  };
}
