import type { Execution, OrderExecutionView } from '#contracts/api/executions.ts';
import type { OrderItem } from '#contracts/tables/order-items.ts';
import { NotFoundError } from '#platform/errors.ts';
import { type Caller, isIn } from '#platform/middleware/caller.ts';
import { isStaffOf } from '../../access.ts';
import { noSuchOrder } from '../../outcomes.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import type { OrderStore } from '../../stores/order-store.ts';

interface Dependencies {
  readonly orders: Pick<OrderStore, 'get'>;
  readonly cafes: Pick<CafeStore, 'get'>;
  /** Undefined when the execution's history is no longer kept. */
  readonly readExecution: (executionArn: string) => Promise<Execution | undefined>;
}

interface Request {
  readonly path: { readonly orderId: string };
  readonly caller: Caller | undefined;
}

/** Shows the execution that leads an order, state by state. */
export const getOrderExecution =
  ({ orders, cafes, readExecution }: Dependencies) =>
  async ({ path: { orderId }, caller }: Request): Promise<OrderExecutionView> => {
    const order = await orders.get(orderId);
    if (!order || !(await mayLook(cafes, order, caller))) throw noSuchOrder();
    if (!order.executionId) {
      throw new NotFoundError('No workflow has taken this order yet. Look again in a moment.');
    }
    const execution = await readExecution(order.executionId);
    if (!execution) throw new NotFoundError('The history of this execution is no longer kept.');
    return { orderId, ...execution };
  };

/** Rangers and admins look after the whole park, a barista after the own café. */
async function mayLook(
  cafes: Pick<CafeStore, 'get'>,
  { cafeId }: OrderItem,
  caller: Caller | undefined,
): Promise<boolean> {
  if (isIn(caller, 'rangers', 'admins')) return true;
  const cafe = await cafes.get(cafeId);
  return cafe !== undefined && isStaffOf(cafe, caller);
}
