import type { ReceiptLinks } from '#contracts/api/orders.ts';
import type { OrderItem } from '#contracts/tables/order-items.ts';
import { receiptKeys } from '#contracts/tables/order-keys.ts';
import { NotFoundError, UnauthenticatedError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { noSuchOrder } from '../../outcomes.ts';
import { receiptableOrder, writeReceiptFiles } from '../../receipt.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import type { OrderStore } from '../../stores/order-store.ts';
import type { ReceiptStore } from '../../stores/receipt-store.ts';

interface Dependencies {
  readonly orders: Pick<OrderStore, 'get'>;
  readonly cafes: Pick<CafeStore, 'get'>;
  readonly receipts: Pick<ReceiptStore, 'sign' | 'write'>;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly orderId: string };
  readonly caller: Caller | undefined;
}

/** Long enough to open and print it, and not to pass a link on. */
const linkSeconds = 300;

/** Signs links to the receipt of an order for its guest alone; one that could not be written in its time is written now. */
export const getReceipt = (dependencies: Dependencies) => {
  const { orders, receipts, now } = dependencies;
  return async ({ path: { orderId }, caller }: Request): Promise<ReceiptLinks> => {
    if (!caller) throw new UnauthenticatedError();
    const order = await orders.get(orderId);
    if (order?.ownerId !== caller.userId) throw noSuchOrder();
    if (order.status !== 'COMPLETED') {
      throw new NotFoundError('There is no receipt yet. It comes when your drink is ready.');
    }
    if (!order.hasReceipt) await writeNow(dependencies, order);
    const expiresAt = new Date(now().getTime() + linkSeconds * 1000).toISOString();
    const [html, json] = await Promise.all([
      receipts.sign(receiptKeys.html(orderId), linkSeconds),
      receipts.sign(receiptKeys.json(orderId), linkSeconds),
    ]);
    return { html, json, expiresAt };
  };
};

/** The order does not note it: whoever asks again gets it written again, the same. It is complete once it is prepared. */
async function writeNow({ cafes, receipts }: Dependencies, order: OrderItem): Promise<void> {
  const cafe = await cafes.get(order.cafeId);
  const prepared = receiptableOrder.parse(order);
  await writeReceiptFiles(receipts, prepared, order.statusAt, cafe?.timeZone ?? 'UTC');
}
