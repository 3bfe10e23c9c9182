import { defineOrderEventWithReason } from './order-event.ts';

/** The café was closed or had no capacity; the order is over. */
export const orderRefused = defineOrderEventWithReason('OrderRefused');
