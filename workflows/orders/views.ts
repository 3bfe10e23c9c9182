import type { Cafe, Order } from '#contracts/api/orders.ts';
import { orderMessages } from '#contracts/orders.ts';
import type { CafeItem, OrderItem } from '#contracts/tables/order-items.ts';

/** A café as everybody sees it. */
export const cafeView = (
  { cafeId, name, isOpen, currency, timeZone, menu, revision }: CafeItem,
  preOrder: Cafe['preOrder'],
): Cafe => ({ cafeId, name, isOpen, currency, timeZone, menu, revision, preOrder });

/** A café as its staff sees it; `running` counts the orders it works on. */
export const cafeStaffView = (cafe: CafeItem, preOrder: Cafe['preOrder'], running: number): Cafe => ({
  ...cafeView(cafe, preOrder),
  capacity: cafe.capacity,
  running,
  staff: cafe.staff,
});

/** An order as its guest and the café's staff see it. */
export function orderView(order: OrderItem): Order {
  const { orderId, cafeId, cafeName, kind, status, statusAt, createdAt, currency } = order;
  const { drink, name, number, pickUpAt, answerBy, reason, cancelledBy } = order;
  return {
    orderId,
    cafeId,
    cafeName,
    kind,
    status,
    statusAt,
    createdAt,
    currency,
    ...(drink && { drink }),
    ...(name && { name }),
    ...(number && { number }),
    ...(pickUpAt && { pickUpAt }),
    ...(answerBy && { answerBy }),
    ...(reason && { reason, message: orderMessages[reason] }),
    ...(cancelledBy && { cancelledBy }),
  };
}
