import type { StampCard } from '#contracts/api/orders.ts';
import { UnauthenticatedError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import type { OrderStore } from '../../stores/order-store.ts';

interface Dependencies {
  readonly orders: Pick<OrderStore, 'listStamps'>;
}

/** A card shows no more than this. */
const most = 200;

/** Shows the caller's stamp card, newest first. */
export const getStamps =
  ({ orders }: Dependencies) =>
  async ({ caller }: { readonly caller: Caller | undefined }): Promise<StampCard> => {
    if (!caller) throw new UnauthenticatedError();
    const stamps = await orders.listStamps(caller.userId, most);
    return {
      stamps: stamps
        .map(({ orderId, cafeId, stampedAt }) => ({ orderId, cafeId, stampedAt }))
        // An order for later may be older than one that was made before it.
        .toSorted((a, b) => (a.stampedAt < b.stampedAt ? 1 : -1)),
    };
  };
