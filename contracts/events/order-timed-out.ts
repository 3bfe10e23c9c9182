import { defineOrderEventWithReason } from './order-event.ts';

/** Guest or barista did not answer in time; the order is over. */
export const orderTimedOut = defineOrderEventWithReason('OrderTimedOut');
