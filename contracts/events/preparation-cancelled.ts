import { defineOrderEventWithReason } from './order-event.ts';

/** A barista decided not to make the order. */
export const preparationCancelled = defineOrderEventWithReason('PreparationCancelled');
