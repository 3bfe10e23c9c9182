import { defineOrderEvent } from './order-event.ts';

/** An order for later has its number and waits for its time. */
export const orderScheduled = defineOrderEvent('OrderScheduled');
