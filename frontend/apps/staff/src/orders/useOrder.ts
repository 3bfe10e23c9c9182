import type { Order } from '@happy-path/api-client';
import { type Loadable, useLiveTopics, useLoad, useServices } from '@happy-path/app';
import { type MaybeRefOrGetter, type Ref, toValue } from 'vue';

export interface UseOrder extends Loadable {
  readonly order: Readonly<Ref<Order | undefined>>;
}

/** One order of a café, live. */
export function useOrder(cafeId: string, orderId: MaybeRefOrGetter<string>): UseOrder {
  const { api } = useServices();
  const { value, state, error, refresh, reread } = useLoad(
    () => toValue(orderId),
    (signal) => api.orders.order(toValue(orderId), { signal }),
  );
  useLiveTopics({
    cafeId,
    onNotification: ({ journeyId }) => journeyId === toValue(orderId) && void reread(),
    onReconnect: reread,
  });
  return { order: value, state, error, refresh };
}
