import type { Order } from '@happy-path/api-client';
import { phaseOf } from '@happy-path/app';
import { messages } from './messages.ts';

/** As long as a number stays on the café's board. */
const READY_FOR = 10 * 60_000;

/** The one word for how an order stands; what was ready a while ago is completed. */
export function headlineOf(order: Order, now: number): string {
  const { status, statusAt } = order;
  if (status === 'COMPLETED' && now - Date.parse(statusAt) > READY_FOR) return messages.order.completed;
  if (status === 'CANCELLED' || status === 'TIMED_OUT' || status === 'REFUSED') {
    return messages.order.ended[status];
  }
  const phase = phaseOf(status);
  return phase === 'ended' ? messages.order.ended.CANCELLED : messages.order.headline[phase];
}
