import { OfflineError, type Order, type PlaceOrderRequest } from '@happy-path/api-client';
import { isRunning, type Loadable, useLiveTopics, useLoad, useServices } from '@happy-path/app';
import { type MaybeRefOrGetter, onScopeDispose, type Ref, readonly, ref, toValue, watch } from 'vue';
import { createKeptOrder } from './kept-order.ts';
import { tellOrder } from './tell-order.ts';

export interface UseOrder extends Loadable {
  readonly order: Readonly<Ref<Order | undefined>>;
  /** What is shown is how it stood before reception was lost. */
  readonly stale: Readonly<Ref<boolean>>;
  /** Gives the café the drink it waits for; rejects with the API's words when it is too late. */
  choose(body: PlaceOrderRequest): Promise<void>;
  /** Rejects with the API's words once it cannot be taken back any more. */
  cancel(): Promise<void>;
  /** A link to the receipt that is good for some minutes. */
  receipt(): Promise<string>;
}

/** Messages are hints: an order that goes on is also looked at in this rhythm, should the channel be blocked. */
const LOOK_AFTER = 15_000;

/** One order of the guest: follows it live, survives a reload, and says when it is ready or has ended. */
export function useOrder(orderId: MaybeRefOrGetter<string>): UseOrder {
  const { api, session, network, toasts } = useServices();
  const { read, stale } = useKeptRead(orderId);
  const { value, state, error, refresh, reread } = useLoad(
    () => [toValue(orderId), session.user.value?.id].join(),
    read,
  );
  useLiveTopics({
    own: true,
    onNotification: ({ data }) => data.orderId === toValue(orderId) && void reread(),
    onReconnect: reread,
  });
  onScopeDispose(network.onBack(() => stale.value && void refresh()));
  const timer = setInterval(() => {
    const waits = value.value !== undefined && isRunning(value.value.status);
    if (waits && document.visibilityState === 'visible') void reread();
  }, LOOK_AFTER);
  onScopeDispose(() => clearInterval(timer));
  watch(value, (now, before) => {
    if (now && before?.orderId === now.orderId && before.status !== now.status) tellOrder(now, toasts);
  });

  return {
    order: value,
    state,
    error,
    refresh,
    stale,
    async choose(body) {
      await api.orders.place(toValue(orderId), body);
      await reread();
    },
    async cancel() {
      await api.orders.decide(toValue(orderId), { decision: 'cancel' });
      await reread();
    },
    receipt: async () => (await api.orders.receipt(toValue(orderId))).html,
  };
}

/** Reads the order, or without reception how it stood when it was last read. */
function useKeptRead(orderId: MaybeRefOrGetter<string>) {
  const { api, session } = useServices();
  const kept = createKeptOrder();
  const stale = ref(false);

  async function read(signal: AbortSignal): Promise<Order> {
    const id = toValue(orderId);
    const userId = session.user.value?.id ?? '';
    try {
      const order = await api.orders.order(id, { signal });
      kept.keep(userId, order);
      stale.value = false;
      return order;
    } catch (error) {
      const last = error instanceof OfflineError ? kept.get(userId, id) : undefined;
      if (!last) throw error;
      stale.value = true;
      return last;
    }
  }

  return { read, stale: readonly(stale) };
}
