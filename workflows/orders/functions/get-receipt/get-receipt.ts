import type { ReceiptLinks } from '#contracts/api/orders.ts';
import { receiptKeys } from '#contracts/tables/order-keys.ts';
import { NotFoundError, UnauthenticatedError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { noSuchOrder } from '../../outcomes.ts';
import type { OrderStore } from '../../stores/order-store.ts';
import type { ReceiptStore } from '../../stores/receipt-store.ts';

interface Dependencies {
  readonly orders: Pick<OrderStore, 'get'>;
  readonly receipts: Pick<ReceiptStore, 'sign'>;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly orderId: string };
  readonly caller: Caller | undefined;
}

/** Long enough to open and print it, and not to pass a link on. */
const linkSeconds = 300;

/** Signs links to the receipt of an order for its guest alone. */
export const getReceipt =
  ({ orders, receipts, now }: Dependencies) =>
  async ({ path: { orderId }, caller }: Request): Promise<ReceiptLinks> => {
    if (!caller) throw new UnauthenticatedError();
    const order = await orders.get(orderId);
    if (order?.ownerId !== caller.userId) throw noSuchOrder();
    if (order.status !== 'COMPLETED') {
      throw new NotFoundError('There is no receipt yet. It comes when your drink is ready.');
    }
    if (!order.hasReceipt) {
      throw new NotFoundError(
        'The receipt could not be written. The order itself is complete; ask at the counter.',
      );
    }
    const expiresAt = new Date(now().getTime() + linkSeconds * 1000).toISOString();
    const [html, json] = await Promise.all([
      receipts.sign(receiptKeys.html(orderId), linkSeconds),
      receipts.sign(receiptKeys.json(orderId), linkSeconds),
    ]);
    return { html, json, expiresAt };
  };
