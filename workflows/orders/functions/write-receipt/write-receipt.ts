import * as z from 'zod';
import type { Receipt } from '#contracts/api/orders.ts';
import { timeZone } from '#contracts/orders.ts';
import { orderItem } from '#contracts/tables/order-items.ts';
import { receiptKeys } from '#contracts/tables/order-keys.ts';
import { attributes } from '../../stores/order-manager.ts';
import type { ReceiptStore } from '../../stores/receipt-store.ts';
import { receiptPage } from './receipt-page.ts';

/** What the order processor asks: an order that is prepared, as it stands in the table. */
export const writeReceiptInput = z.object({
  item: attributes.pipe(orderItem.required({ number: true, day: true, drink: true })),
  preparedAt: z.iso.datetime(),
  timeZone,
});

interface Dependencies {
  readonly receipts: Pick<ReceiptStore, 'write'>;
}

/** Writes an order's receipt as a page and as data; a repetition writes the same. */
export const writeReceipt =
  ({ receipts }: Dependencies) =>
  async ({
    item,
    preparedAt,
    timeZone: zone,
  }: z.infer<typeof writeReceiptInput>): Promise<{ readonly keys: readonly string[] }> => {
    const { orderId, cafeId, cafeName, number, day, drink, currency, createdAt } = item;
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
    const files = [
      {
        key: receiptKeys.html(orderId),
        contentType: 'text/html; charset=utf-8',
        body: receiptPage(receipt, zone),
      },
      {
        key: receiptKeys.json(orderId),
        contentType: 'application/json',
        body: JSON.stringify(receipt, null, 2),
      },
    ];
    await Promise.all(files.map((file) => receipts.write(file)));
    return { keys: files.map(({ key }) => key) };
  };
