import { defineOrderEvent } from './order-event.ts';

/** The drink is ready to be picked up. */
export const preparationCompleted = defineOrderEvent('PreparationCompleted');
