import type { Board } from '#contracts/api/orders.ts';
import type { OrderStatus } from '#contracts/orders.ts';
import type { OrderItem } from '#contracts/tables/order-items.ts';
import { noSuchCafe } from '../../outcomes.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import type { OrderStore } from '../../stores/order-store.ts';

interface Dependencies {
  readonly cafes: Pick<CafeStore, 'get'>;
  readonly orders: Pick<OrderStore, 'listQueue'>;
  readonly now: () => Date;
}

/** How long a drink that is ready stays on the board. */
const readyMilliseconds = 10 * 60 * 1000;
/** More than a café may work on at once. */
const most = 500;

/** Shows the numbers of a café's orders to everybody. */
export const getBoard =
  ({ cafes, orders, now }: Dependencies) =>
  async ({ path: { cafeId } }: { readonly path: { readonly cafeId: string } }): Promise<Board> => {
    const since = new Date(now().getTime() - readyMilliseconds).toISOString();
    const queue = async (status: OrderStatus, from?: string) =>
      (await orders.listQueue(cafeId, status, { limit: most }, from)).items;
    const [cafe, waiting, making, ...ready] = await Promise.all([
      cafes.get(cafeId),
      queue('QUEUED'),
      queue('MAKING'),
      queue('PREPARED', since),
      queue('COMPLETED', since),
    ]);
    if (!cafe) throw noSuchCafe();
    return {
      cafeId,
      isOpen: cafe.isOpen,
      waiting: numbers(waiting),
      making: numbers(making),
      ready: numbers(ready.flat().toSorted((a, b) => (a.statusAt < b.statusAt ? 1 : -1))),
    };
  };

/** Each once: an order that moves while the queues are read may be in two of them. */
const numbers = (orders: readonly OrderItem[]): number[] => [
  ...new Set(orders.flatMap(({ number }) => number ?? [])),
];
