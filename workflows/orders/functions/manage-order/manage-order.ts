import type {
  Order,
  OrderDecisionRequest,
  PlaceOrderRequest,
  PreOrderRequest,
} from '#contracts/api/orders.ts';
import { ConflictError, UnauthenticatedError } from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { orderIn } from '../../outcomes.ts';
import type { ManagerAnswer, ManagerRequest, OrderManager } from '../../stores/order-manager.ts';
import { orderView } from '../../views.ts';

interface Dependencies {
  readonly manager: OrderManager;
}

interface Request<Path, Body> {
  readonly path: Path;
  readonly body: Body;
  readonly caller: Caller | undefined;
}
interface OrderPath {
  readonly orderId: string;
}
interface CafePath {
  readonly cafeId: string;
}

/** Orders a drink ahead; it is made in time for its pick-up. */
export const preOrder =
  ({ manager }: Dependencies) =>
  async ({ path: { cafeId }, body, caller }: Request<CafePath, PreOrderRequest>): Promise<Order> => {
    const request = { action: 'create', kind: 'PRE_ORDER', cafeId, ...body } as const;
    const answer = await ask(manager, request, caller);
    // The caller chose the id, and may not learn how the order of somebody else stands.
    if (answer.outcome === 'CONFLICT') {
      throw new ConflictError('Expected an order id of your own, got one that is taken. Make a new one.');
    }
    return orderView(orderIn(answer));
  };

/** Reads one order for its guest and the café's staff. */
export const readOrder =
  ({ manager }: Dependencies) =>
  async ({ path: { orderId }, caller }: Request<OrderPath, unknown>): Promise<Order> =>
    orderView(orderIn(await ask(manager, { action: 'read', orderId }, caller)));

/** Chooses the drink of an admitted order. */
export const placeOrder =
  ({ manager }: Dependencies) =>
  async ({ path: { orderId }, body, caller }: Request<OrderPath, PlaceOrderRequest>): Promise<Order> =>
    orderView(orderIn(await ask(manager, { action: 'place', orderId, ...body }, caller)));

/** Accepts, completes or cancels an order; the first decision wins. */
export const decideOrder =
  ({ manager }: Dependencies) =>
  async ({ path: { orderId }, body, caller }: Request<OrderPath, OrderDecisionRequest>): Promise<Order> => {
    const reason = body.decision === 'cancel' ? body.reason : undefined;
    const order = orderIn(await ask(manager, { action: body.decision, orderId, reason }, caller));
    logger.info('Order decided', { orderId, decision: body.decision });
    return orderView(order);
  };

async function ask(
  manager: OrderManager,
  request: ManagerRequest,
  caller: Caller | undefined,
): Promise<ManagerAnswer> {
  if (!caller) throw new UnauthenticatedError();
  const { userId, groups } = caller;
  return manager.call({ ...request, caller: { userId, groups } });
}
