import type { OrderStatus } from '#contracts/orders.ts';

export type { OrderStatus } from '#contracts/orders.ts';

const order: Record<OrderStatus, number> = {
  ADMITTED: 0,
  STARTED: 1,
  AWAITING_CHOICE: 2,
  PLACED: 3,
  SCHEDULED: 4,
  QUEUED: 5,
  MAKING: 6,
  PREPARED: 7,
  COMPLETED: 8,
  CANCELLED: 9,
  TIMED_OUT: 10,
  REFUSED: 11,
};

/** How far an order is on its way; the contract's own list would bring all schemas along. */
export const rankOf = (status: OrderStatus): number => order[status];
