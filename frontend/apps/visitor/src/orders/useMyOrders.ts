import type { Order } from '@happy-path/api-client';
import { isRunning, type PagedList, useLiveTopics, usePagedList, useServices } from '@happy-path/app';
import { type ComputedRef, computed } from 'vue';

export interface UseMyOrders extends PagedList<Order> {
  readonly running: ComputedRef<Order[]>;
  readonly over: ComputedRef<Order[]>;
}

const PAGE = 20;

/** All orders of the person signed in, newest first; they change as the cafés go on. Guests have none. */
export function useMyOrders(): UseMyOrders {
  const { api, session } = useServices();
  const { edit, reread, ...list } = usePagedList<Order>({
    source: () => session.user.value?.id,
    read: async (cursor, signal) =>
      session.user.value ? api.orders.mine({ limit: PAGE, cursor }, { signal }) : { items: [] },
    keyOf: ({ orderId }) => orderId,
  });

  async function follow(orderId: string): Promise<void> {
    const order = await api.orders.order(orderId);
    edit((items) => withOrder(items, order));
  }

  useLiveTopics({
    own: true,
    onNotification: ({ data }) => {
      if (typeof data.orderId === 'string') follow(data.orderId).catch(() => list.refresh());
    },
    onReconnect: reread,
  });
  return {
    ...list,
    running: computed(() => list.items.value.filter(({ status }) => isRunning(status))),
    over: computed(() => list.items.value.filter(({ status }) => !isRunning(status))),
  };
}

/** Puts an order where it belongs: ULIDs sort by the time they were made, as this list does. */
function withOrder(items: readonly Order[], order: Order): Order[] {
  const others = items.filter(({ orderId }) => orderId !== order.orderId);
  const at = others.findIndex(({ orderId }) => orderId < order.orderId);
  return others.toSpliced(at < 0 ? others.length : at, 0, order);
}
