import type * as z from 'zod';
import type { Receipt } from '#contracts/api/orders.ts';
import { orderItem } from '#contracts/tables/order-items.ts';
import { receiptKeys } from '#contracts/tables/order-keys.ts';
import { receiptPage } from './receipt-page.ts';
import type { ReceiptFile } from './stores/receipt-store.ts';

/** An order that has all that its receipt tells. */
export const receiptableOrder = orderItem.required({ number: true, day: true, drink: true });

/**
 * Makes an order's receipt as a page and as data; the same order makes the same files.
 *
 * @param preparedAt - ISO 8601
 * @param timeZone - the café's, IANA name
 */
export function receiptFiles(
  order: z.infer<typeof receiptableOrder>,
  preparedAt: string,
  timeZone: string,
): readonly ReceiptFile[] {
  const { orderId, cafeId, cafeName, number, day, drink, currency, createdAt } = order;
  const receipt: Receipt = {
    orderId,
    cafeId,
    cafeName,
    number,
    day,
    drink,
    currency,
    orderedAt: createdAt,
    preparedAt,
  };
  return [
    {
      key: receiptKeys.html(orderId),
      contentType: 'text/html; charset=utf-8',
      body: receiptPage(receipt, timeZone),
    },
    {
      key: receiptKeys.json(orderId),
      contentType: 'application/json',
      body: JSON.stringify(receipt, null, 2),
    },
  ];
}
