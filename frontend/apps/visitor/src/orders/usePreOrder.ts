import type { PreOrderRequest } from '@happy-path/api-client';
import { loadErrorOf, useServices } from '@happy-path/app';
import { ulid } from 'ulid';
import { type Ref, readonly, ref } from 'vue';
import { runningOrderOf } from './useScan.ts';

export interface UsePreOrder {
  readonly busy: Readonly<Ref<boolean>>;
  /** Why the last try did not work, in words. */
  readonly refused: Readonly<Ref<string | undefined>>;
  send(cafeId: string, wish: Omit<PreOrderRequest, 'orderId'>): Promise<void>;
}

/**
 * Orders for a later time. Trying the same wish again makes no second order, because it keeps its id.
 *
 * @param onOrder - goes to the order, which may be one that was running before
 */
export function usePreOrder(onOrder: (orderId: string, wasRunning: boolean) => void): UsePreOrder {
  const { api } = useServices();
  const busy = ref(false);
  const refused = ref<string>();
  let tried: { wish: string; orderId: string } | undefined;

  async function send(cafeId: string, body: Omit<PreOrderRequest, 'orderId'>): Promise<void> {
    if (busy.value) return;
    const wish = JSON.stringify([cafeId, body]);
    if (tried?.wish !== wish) tried = { wish, orderId: ulid() };
    const { orderId } = tried;
    busy.value = true;
    refused.value = undefined;
    try {
      await api.orders.preOrder(cafeId, { orderId, ...body });
      onOrder(orderId, false);
    } catch (error) {
      const running = runningOrderOf(error);
      if (running === undefined) refused.value = loadErrorOf(error).message;
      else onOrder(running, running !== orderId);
    } finally {
      busy.value = false;
    }
  }

  return { busy: readonly(busy), refused: readonly(refused), send };
}
