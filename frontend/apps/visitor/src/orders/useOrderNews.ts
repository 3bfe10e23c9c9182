import { useLiveTopics, useServices } from '@happy-path/app';

const newsworthy = new Set(['PreparationCompleted', 'OrderCancelled', 'OrderTimedOut', 'OrderRefused']);

/** Says that an order is ready or has ended, whatever the guest looks at in the app; the words come when they are needed. */
export function useOrderNews(): void {
  const { api, toasts } = useServices();

  async function tell(orderId: string): Promise<void> {
    const [{ tellOrder }, order] = await Promise.all([import('./tell-order.ts'), api.orders.order(orderId)]);
    tellOrder(order, toasts);
  }

  useLiveTopics({
    own: true,
    onNotification: ({ type, data }) => {
      if (!newsworthy.has(type) || typeof data.orderId !== 'string') return;
      tell(data.orderId).catch((error: unknown) => console.warn('Expected to read an order, got:', error));
    },
    // What was missed is seen in the list of orders; old news as a pop-up would only startle.
    onReconnect: () => {},
  });
}
