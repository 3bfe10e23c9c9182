import type { Order } from '@happy-path/api-client';
import { phaseOf, type Toasts } from '@happy-path/app';
import { setPageTitle } from '../router.ts';
import { messages } from './messages.ts';

/** Who looks at an order hears of it by its page and by the app: it is said once. */
const told = new Set<string>();

/** Says that an order is ready, or that it ended without the guest's doing: in a pop-up, the title, and by a buzz. */
export function tellOrder(order: Order, toasts: Toasts): void {
  const phase = phaseOf(order.status);
  if ((phase !== 'ready' && phase !== 'ended') || order.cancelledBy === 'GUEST') return;
  const key = `${order.orderId} ${phase}`;
  if (told.has(key)) return;
  told.add(key);
  const ready = phase === 'ready';
  const text = ready
    ? messages.told.ready(order.number, order.cafeName)
    : (order.message ?? messages.told.ended(order.cafeName));
  const page = `/me/orders/${order.orderId}`;
  const to = window.location.pathname === page ? undefined : page;
  toasts.show({ kind: ready ? 'success' : 'attention', text, to });
  setPageTitle(ready ? messages.told.readyTitle(order.number) : messages.told.endedTitle);
  if (ready) buzz();
  void notify(text, order.orderId);
}

/** Not every device can, and none before the first tap. */
function buzz(): void {
  navigator.vibrate?.([180, 90, 180]);
}

/** Only where it was allowed before, and only to people who look elsewhere: nobody is asked for it. */
async function notify(body: string, tag: string): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted' || !document.hidden) return;
  const worker = await navigator.serviceWorker?.getRegistration();
  const options = { body, tag, icon: '/icon-192.png' };
  // Phones show notifications by a worker only.
  if (worker) await worker.showNotification(messages.app.name, options);
  else new Notification(messages.app.name, options);
}
