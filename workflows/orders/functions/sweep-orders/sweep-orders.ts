import { unfinishedOrderShards } from '#contracts/tables/order-keys.ts';
import { logger } from '#platform/logger.ts';
import type { ManagerAnswer, OrderManager } from '../../stores/order-manager.ts';
import type { OrderStore } from '../../stores/order-store.ts';

interface Dependencies {
  readonly orders: Pick<OrderStore, 'listDue'>;
  readonly manager: OrderManager;
  readonly now: () => Date;
}

/** How many orders were due, and what became of them. */
export type Sweep = { readonly due: number; readonly failed: number } & {
  readonly [outcome in ManagerAnswer['outcome']]?: number;
};

/** A run does no more than this; the next run, a minute later, goes on. */
const most = 100;
const atOnce = 10;

/**
 * Finds the orders that nobody finished in time and has the order manager end them, slot and capacity given back. So a
 * lost event or a dead execution keeps no guest from ordering again.
 */
export const sweepOrders =
  ({ orders, manager, now }: Dependencies) =>
  async (): Promise<Sweep> => {
    const at = now().toISOString();
    const shards = Array.from({ length: unfinishedOrderShards }, (_, shard) => shard);
    const found = await Promise.all(shards.map((shard) => orders.listDue(shard, at, most)));
    const due = found
      .flat()
      .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
      .slice(0, most);
    const outcomes: (ManagerAnswer['outcome'] | 'failed')[] = [];
    for (let start = 0; start < due.length; start += atOnce) {
      const some = due.slice(start, start + atOnce);
      outcomes.push(...(await Promise.all(some.map(({ orderId }) => expire(manager, orderId)))));
    }
    const sweep: Sweep = { due: due.length, failed: 0, ...counted(outcomes) };
    if (due.length > 0) logger.info('Swept', { ...sweep });
    if (sweep.failed > 0) {
      throw new Error(`Expected to sweep every order that is due, got ${sweep.failed} errors`);
    }
    return sweep;
  };

/** One order that cannot be swept must not hold up the others; the run fails after them. */
async function expire(manager: OrderManager, orderId: string): Promise<ManagerAnswer['outcome'] | 'failed'> {
  try {
    return (await manager.call({ action: 'expire', orderId, internal: true })).outcome;
  } catch (error) {
    logger.error('Order not swept', { orderId, error });
    return 'failed';
  }
}

const counted = (outcomes: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(outcomes)].map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length]),
  );
