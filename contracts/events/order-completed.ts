import { defineOrderEvent } from './order-event.ts';

/** The receipt is written and the order is over. */
export const orderCompleted = defineOrderEvent('OrderCompleted');
