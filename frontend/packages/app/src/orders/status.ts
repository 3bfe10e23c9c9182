import type { OrderStatus } from '@happy-path/api-client';

/** Where an order stands, as far as people care: the steps between a scan and the choice are one to them. */
export type OrderPhase = 'starting' | 'choosing' | 'scheduled' | 'waiting' | 'making' | 'ready' | 'ended';

const phases: Record<OrderStatus, OrderPhase> = {
  ADMITTED: 'starting',
  STARTED: 'starting',
  AWAITING_CHOICE: 'choosing',
  PLACED: 'waiting',
  SCHEDULED: 'scheduled',
  QUEUED: 'waiting',
  MAKING: 'making',
  PREPARED: 'ready',
  COMPLETED: 'ready',
  CANCELLED: 'ended',
  TIMED_OUT: 'ended',
  REFUSED: 'ended',
};

export const phaseOf = (status: OrderStatus): OrderPhase => phases[status];

/** Whether anything can still happen to the order. */
export const isRunning = (status: OrderStatus): boolean =>
  status !== 'COMPLETED' && phases[status] !== 'ended';

/** Whether its guest may still take it back. */
export const isCancellable = (status: OrderStatus): boolean => isRunning(status) && status !== 'PREPARED';
