import type * as z from 'zod';
import type { Receipt } from '#contracts/api/orders.ts';
import { orderItem } from '#contracts/tables/order-items.ts';
import { receiptKeys } from '#contracts/tables/order-keys.ts';
import { receiptPage } from './receipt-page.ts';
import type { ReceiptFile, ReceiptStore } from './stores/receipt-store.ts';

/** An order that has all that its receipt tells. */
export const receiptableOrder = orderItem.required({ number: true, day: true, drink: true });

/**
 * Writes an order's receipt as a page and as data; a repetition writes the same.
 *
 * @param preparedAt - ISO 8601
 * @param timeZone - the café's, IANA name
 * @returns the keys of the files
 */
export async function writeReceiptFiles(
  receipts: Pick<ReceiptStore, 'write'>,
  order: z.infer<typeof receiptableOrder>,
  preparedAt: string,
  timeZone: string,
): Promise<readonly string[]> {
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
  const files: readonly ReceiptFile[] = [
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
  await Promise.all(files.map((file) => receipts.write(file)));
  return files.map(({ key }) => key);
}
