import type { OrderPage } from '#contracts/api/orders.ts';
import { decodeCursor, encodeCursor } from '#platform/cursor.ts';
import { UnauthenticatedError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import type { OrderStore } from '../../stores/order-store.ts';
import { orderView } from '../../views.ts';

interface Dependencies {
  readonly orders: Pick<OrderStore, 'listOwned'>;
}

interface Request {
  readonly query: { readonly limit: number; readonly cursor?: string | undefined };
  readonly caller: Caller | undefined;
}

/** Lists the caller's own orders, newest first. */
export const listMyOrders =
  ({ orders }: Dependencies) =>
  async ({ query: { limit, cursor }, caller }: Request): Promise<OrderPage> => {
    if (!caller) throw new UnauthenticatedError();
    const after = decodeCursor(cursor, /^[0-9A-Z]{26}$/);
    const { items, last } = await orders.listOwned(caller.userId, { limit, ...(after && { after }) });
    return { items: items.map(orderView), ...(last && { nextCursor: encodeCursor(last) }) };
  };
