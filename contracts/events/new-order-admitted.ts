import { defineOrderEvent } from './order-event.ts';

/** A guest took a token of the QR code, or ordered ahead: the order exists and holds its place at the café. */
export const newOrderAdmitted = defineOrderEvent('NewOrderAdmitted');
