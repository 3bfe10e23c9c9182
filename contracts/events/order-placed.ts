import { defineOrderEvent } from './order-event.ts';

/** The guest chose a drink that the menu has. */
export const orderPlaced = defineOrderEvent('OrderPlaced');
