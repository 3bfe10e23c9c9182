import { defineOrderEventWithReason } from './order-event.ts';

/** The guest, the café or the system cancelled the order; it is over. */
export const orderCancelled = defineOrderEventWithReason('OrderCancelled');
