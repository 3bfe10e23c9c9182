import type { OrderStatus } from '#contracts/orders.ts';
import type { OrderItem } from '#contracts/tables/order-items.ts';
import {
  type AppError,
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  TransientError,
} from '#platform/errors.ts';
import type { ManagerAnswer } from './stores/order-manager.ts';

/** The order that the manager answered, or the error that its outcome means to a client. */
export function orderIn(answer: ManagerAnswer): OrderItem {
  if (answer.outcome === 'OK' && answer.order) return answer.order;
  throw errorOf(answer);
}

/** A guest has one running order at a café; the error leads to it. */
export const alreadyRunning = (orderId: string | undefined): ConflictError =>
  new ConflictError(
    'You have an order at this café already. You can begin another one when it is over.',
    orderId ? { details: [{ path: 'orderId', message: orderId }] } : {},
  );

export const cafeClosed = (): ConflictError =>
  new ConflictError('The café is closed just now and takes no new orders. Please come back later.');

export const notOfThisCafe = (): ForbiddenError =>
  new ForbiddenError('Expected somebody of this café. Ask an admin to add you to its staff.');

export const noSuchCafe = (): NotFoundError =>
  new NotFoundError('Expected a café that takes orders, got none with this id.');

export const noSuchOrder = (): NotFoundError =>
  new NotFoundError('Expected an order that you may see, got none with this id.');

function errorOf({ outcome, order, message, path, runningOrderId }: ManagerAnswer): AppError {
  switch (outcome) {
    case 'NOT_FOUND':
      return noSuchOrder();
    case 'FORBIDDEN':
      return notOfThisCafe();
    case 'CAFE_CLOSED':
      return cafeClosed();
    case 'INVALID':
      return new InvalidError(
        message ?? 'Expected a drink of this café.',
        path && message ? { details: [{ path: `body.${path}`, message }] } : {},
      );
    case 'RUNNING':
      return alreadyRunning(runningOrderId);
    case 'CONFLICT':
      return new ConflictError(message ?? (order ? standing[order.status] : standing.CANCELLED));
    case 'OK':
      return new TransientError('Expected the order manager to answer an order, got none.');
  }
}

/** Why an order does not allow what was asked, in words for guest and barista. */
const standing: Record<OrderStatus, string> = {
  ADMITTED: 'The order was made a moment ago and is not ready for this yet. Try again in a second.',
  STARTED: 'The order was made a moment ago and is not ready for this yet. Try again in a second.',
  AWAITING_CHOICE: 'The guest has not chosen a drink yet.',
  PLACED: 'The drink is chosen, and the order is on its way to the barista.',
  SCHEDULED: 'The order is for later and is not begun yet.',
  QUEUED: 'The order waits for a barista; its drink is chosen.',
  MAKING: 'A barista has accepted this order already.',
  PREPARED: 'The drink is ready already.',
  COMPLETED: 'The drink is ready already.',
  CANCELLED: 'The order was cancelled already.',
  TIMED_OUT: 'The time for this order is over.',
  REFUSED: 'The café could not take this order.',
};
