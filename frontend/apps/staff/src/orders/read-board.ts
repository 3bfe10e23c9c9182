import type { Order, OrderStatus, OrdersClient } from '@happy-path/api-client';
import type { BoardLists } from './tickets.ts';

const listed = ['SCHEDULED', 'QUEUED', 'MAKING', 'PREPARED'] as const satisfies readonly OrderStatus[];
/** More pages than a café could ever make; a list without an end must not stop the board. */
const MOST_PAGES = 10;
const PAGE = 100;

/** Reads everything that the board shows. */
export async function readBoard(
  orders: OrdersClient,
  cafeId: string,
  signal: AbortSignal,
): Promise<BoardLists> {
  const [choosing, board, ...lists] = await Promise.all([
    orders.cafeOrders(cafeId, { status: 'AWAITING_CHOICE', limit: PAGE }, { signal }),
    orders.board(cafeId, { signal }),
    ...listed.map((status) => readAll(orders, cafeId, status, signal)),
  ]);
  return { choosing: choosing.items.length, ready: board.ready, orders: lists.flat() };
}

async function readAll(
  orders: OrdersClient,
  cafeId: string,
  status: OrderStatus,
  signal: AbortSignal,
): Promise<Order[]> {
  const found: Order[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, nextCursor } = await orders.cafeOrders(
      cafeId,
      { status, limit: PAGE, cursor },
      { signal },
    );
    found.push(...items);
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  return found;
}
