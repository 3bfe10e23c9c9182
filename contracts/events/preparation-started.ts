import { defineOrderEvent } from './order-event.ts';

/** A barista accepted the order and makes it. */
export const preparationStarted = defineOrderEvent('PreparationStarted');
