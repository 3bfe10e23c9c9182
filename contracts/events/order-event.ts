import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { orderKind, orderReason } from '../orders.ts';
import { defineEvent } from './envelope.ts';

/** What every event of an order carries; public, because a café's board hears of it: no names, no drinks. */
export const orderEventData = z.object({
  orderId: ulidSchema,
  cafeId: ulidSchema,
  kind: orderKind,
  /** Given by the café for the day; absent until then. */
  number: z.int().positive().optional(),
});

/** An event of the orders stack about one order. */
export const defineOrderEvent = (detailType: string) =>
  defineEvent('happy-path.orders', detailType, orderEventData);

/** An event that ends an order without a drink, or decides that it will; `reason` has its words in `orderMessages`. */
export const defineOrderEventWithReason = (detailType: string) =>
  defineEvent('happy-path.orders', detailType, orderEventData.extend({ reason: orderReason }));
