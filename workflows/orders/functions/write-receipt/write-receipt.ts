import * as z from 'zod';
import { timeZone } from '#contracts/orders.ts';
import { receiptableOrder, writeReceiptFiles } from '../../receipt.ts';
import { attributes } from '../../stores/order-manager.ts';
import type { ReceiptStore } from '../../stores/receipt-store.ts';

/** What the order processor asks: an order that is prepared, as it stands in the table. */
export const writeReceiptInput = z.object({
  item: attributes.pipe(receiptableOrder),
  preparedAt: z.iso.datetime(),
  timeZone,
});

interface Dependencies {
  readonly receipts: Pick<ReceiptStore, 'write'>;
}

/** Writes an order's receipt as a page and as data; a repetition writes the same. */
export const writeReceipt =
  ({ receipts }: Dependencies) =>
  async (input: z.infer<typeof writeReceiptInput>): Promise<{ readonly keys: readonly string[] }> => ({
    keys: await writeReceiptFiles(receipts, input.item, input.preparedAt, input.timeZone),
  });
