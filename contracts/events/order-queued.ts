import { defineOrderEvent } from './order-event.ts';

/** The order has its number and waits for a barista. */
export const orderQueued = defineOrderEvent('OrderQueued');
