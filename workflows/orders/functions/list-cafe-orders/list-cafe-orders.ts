import type { OrderPage } from '#contracts/api/orders.ts';
import type { OrderStatus } from '#contracts/orders.ts';
import { decodeCursor, encodeCursor } from '#platform/cursor.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { cafeOfStaff } from '../../access.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import type { OrderStore } from '../../stores/order-store.ts';
import { orderView } from '../../views.ts';

interface Dependencies {
  readonly cafes: Pick<CafeStore, 'get'>;
  readonly orders: Pick<OrderStore, 'listQueue'>;
}

interface Request {
  readonly path: { readonly cafeId: string };
  readonly query: {
    readonly status: OrderStatus;
    readonly limit: number;
    readonly cursor?: string | undefined;
  };
  readonly caller: Caller | undefined;
}

/** Lists a café's orders of one status for its staff, oldest first. */
export const listCafeOrders =
  ({ cafes, orders }: Dependencies) =>
  async ({ path: { cafeId }, query: { status, limit, cursor }, caller }: Request): Promise<OrderPage> => {
    const after = decodeCursor(cursor, /^[\d\-T:.]+Z#[0-9A-Z]{26}$/);
    await cafeOfStaff(cafes, cafeId, caller);
    const { items, last } = await orders.listQueue(cafeId, status, { limit, ...(after && { after }) });
    return { items: items.map(orderView), ...(last && { nextCursor: encodeCursor(last) }) };
  };
