import { defineOrderEvent } from './order-event.ts';

/** An execution of the order processor has claimed the order. */
export const orderWorkflowStarted = defineOrderEvent('OrderWorkflowStarted');
