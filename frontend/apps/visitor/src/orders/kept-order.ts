import type { Order } from '@happy-path/api-client';

const KEY = 'happy-path:order';

/**
 * The order that was seen last, so that its number is still there at the counter without reception. Only in this
 * window and only for the person it belongs to: two people may share a phone.
 */
export function createKeptOrder(storage: Storage = sessionStorage) {
  return {
    keep(userId: string, order: Order): void {
      try {
        storage.setItem(KEY, JSON.stringify({ userId, order }));
      } catch {
        // A full or forbidden storage costs the guest the order without reception, nothing more.
      }
    },
    get(userId: string, orderId: string): Order | undefined {
      try {
        const kept: { userId: string; order: Order } = JSON.parse(storage.getItem(KEY) ?? 'null');
        return kept.userId === userId && kept.order.orderId === orderId ? kept.order : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
