import '#platform/testing/lambda.ts';
import { isFinal, type OrderStatus } from '#contracts/orders.ts';
import { type OrderItem, orderItem, type StampItem } from '#contracts/tables/order-items.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import type { ManagerAnswer, ManagerRequest, OrderManager } from '../stores/order-manager.ts';
import type { DueOrder, OrderStore } from '../stores/order-store.ts';
import { order } from './samples.ts';

/** Orders in memory, and a manager that creates them as the state machine does: one running order for each guest and café. */
export class MemoryOrders implements OrderStore, OrderManager {
  readonly orders = new Map<string, OrderItem>();
  readonly requests: ManagerRequest[] = [];
  stamps: readonly StampItem[] = [];
  due: readonly (DueOrder & { readonly shard: number })[] = [];
  /** What the manager answers instead of working. */
  answer: ((request: ManagerRequest) => ManagerAnswer) | undefined;

  constructor(...orders: readonly OrderItem[]) {
    for (const one of orders) this.orders.set(one.orderId, one);
  }

  async get(orderId: string): Promise<OrderItem | undefined> {
    return this.orders.get(orderId);
  }

  async activeOrderId(userId: string, cafeId: string): Promise<string | undefined> {
    return this.#running(userId, cafeId)?.orderId;
  }

  async listOwned(userId: string, { limit, after = '~' }: PageRequest): Promise<Page<OrderItem>> {
    const own = [...this.orders.values()].filter(({ ownerId }) => ownerId === userId);
    const behind = own.toSorted((a, b) => (a.orderId < b.orderId ? 1 : -1));
    return page(
      behind.filter(({ orderId }) => orderId < after),
      limit,
      ({ orderId }) => orderId,
    );
  }

  async listQueue(
    cafeId: string,
    status: OrderStatus,
    { limit, after = '' }: PageRequest,
    since = '',
  ): Promise<Page<OrderItem>> {
    const position = (one: OrderItem) => `${one.statusAt}#${one.orderId}`;
    const queue = [...this.orders.values()]
      .filter((one) => one.cafeId === cafeId && one.status === status)
      .filter((one) => position(one) > after && position(one) >= since)
      .toSorted((a, b) => (position(a) < position(b) ? -1 : 1));
    return page(queue, limit, position);
  }

  async listDue(shard: number, now: string, limit: number): Promise<readonly DueOrder[]> {
    return this.due.filter((one) => one.shard === shard && one.dueAt < now).slice(0, limit);
  }

  async listStamps(): Promise<readonly StampItem[]> {
    return this.stamps;
  }

  async call(request: ManagerRequest): Promise<ManagerAnswer> {
    this.requests.push(request);
    // As over a network, others get in between.
    await Promise.resolve();
    if (this.answer) return this.answer(request);
    const { orderId, caller, cafeId = '' } = request;
    const standing = this.orders.get(orderId);
    if (standing) return { outcome: 'OK', order: standing };
    const running = this.#running(caller?.userId ?? '', cafeId);
    if (running) return { outcome: 'RUNNING', runningOrderId: running.orderId };
    const made = orderItem.parse({ ...order(), ...request, ownerId: caller?.userId });
    this.orders.set(orderId, made);
    return { outcome: 'OK', order: made };
  }

  #running(userId: string, cafeId: string): OrderItem | undefined {
    return [...this.orders.values()].find(
      (one) => one.ownerId === userId && one.cafeId === cafeId && !isFinal(one.status),
    );
  }
}

function page<Item>(items: readonly Item[], limit: number, position: (item: Item) => string): Page<Item> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, ...(items.length > limit && last && { last: position(last) }) };
}
