import { ApiError, type Order, type OrderDecisionRequest } from '@happy-path/api-client';
import { type Loadable, loadErrorOf, useLiveTopics, useLoad, useServices } from '@happy-path/app';
import { type ComputedRef, computed, onScopeDispose, type Ref, readonly, shallowRef, watch } from 'vue';
import { gathered } from '../composables/gathered.ts';
import { messages } from './messages.ts';
import { readBoard } from './read-board.ts';
import { type Columns, columnsOf, farther, limitOf } from './tickets.ts';
import { type OpenAction, useUndo } from './useUndo.ts';

/** What a barista did to an order. */
export interface BoardAction {
  readonly order: Order;
  readonly request: OrderDecisionRequest;
  /** The same decision sent again after a lost answer is the same request. */
  readonly requestKey: string;
}

export interface Board extends Loadable {
  readonly columns: ComputedRef<Columns>;
  /** How many guests are still choosing. */
  readonly choosing: ComputedRef<number>;
  /** How long an order may take, in milliseconds, as far as the orders tell. */
  readonly limit: Readonly<Ref<number | undefined>>;
  /** The orders that have just come to wait. */
  readonly arrived: Readonly<Ref<ReadonlySet<string>>>;
  /** What was done and can still be taken back, or is being sent. */
  readonly open: Readonly<Ref<readonly OpenAction<BoardAction>[]>>;
  decide(order: Order, request: OrderDecisionRequest): void;
  undo(id: number): void;
}

/** For the message that never comes. */
const POLL_MILLISECONDS = 30_000;
/** How long an order is shown as new. */
const NEW_MILLISECONDS = 8000;
/** A list is never that much older than the answer to a decision. */
const KNOWN_MILLISECONDS = 600_000;
/** A decision reaches the server before the time of its order is over. */
const MARGIN_MILLISECONDS = 1500;

/** The orders of a café, live, with what a barista does to them. */
export function useBoard(cafeId: string, { onArrival }: { onArrival: () => void }): Board {
  const { api } = useServices();
  const load = useLoad(
    () => cafeId,
    (signal) => readBoard(api.orders, cafeId, signal),
  );
  const gather = gathered(load.reread);
  useLiveTopics({ cafeId, onNotification: gather, onReconnect: gather });
  const poll = setInterval(() => document.visibilityState === 'visible' && gather(), POLL_MILLISECONDS);
  onScopeDispose(() => clearInterval(poll));

  const answers = shallowRef<ReadonlyMap<string, Order>>(new Map());
  function remember(order: Order): void {
    const recent = [...answers.value].filter(
      ([, { statusAt }]) => Date.now() - Date.parse(statusAt) < KNOWN_MILLISECONDS,
    );
    answers.value = new Map(recent).set(order.orderId, farther(order, answers.value.get(order.orderId)));
  }

  const { open, add, undo } = useUndo<BoardAction>({ send: useSend(remember, gather) });
  const decisions = computed(
    () => new Map(open.value.map(({ key, action }) => [key, action.request.decision])),
  );
  const limit = shallowRef<number>();
  const numbered = shallowRef<ReadonlyMap<number, Order>>(new Map());
  watch(load.value, (lists) => {
    limit.value = limitOf(lists?.orders ?? [], limit.value);
    const next = new Map(numbered.value);
    for (const order of lists?.orders ?? []) if (order.number !== undefined) next.set(order.number, order);
    numbered.value = next;
  });
  const columns = computed(() =>
    columnsOf(load.value.value ?? { choosing: 0, ready: [], orders: [] }, {
      answers: answers.value,
      decisions: decisions.value,
      numbered: numbered.value,
    }),
  );
  const queued = () => load.value.value?.orders.filter(({ status }) => status === 'QUEUED');

  return {
    columns,
    choosing: computed(() => load.value.value?.choosing ?? 0),
    limit: readonly(limit),
    arrived: useArrivals(() => queued()?.map(({ orderId }) => orderId), onArrival),
    open,
    decide(order, request) {
      const latest =
        order.answerBy === undefined ? undefined : Date.parse(order.answerBy) - MARGIN_MILLISECONDS;
      add(order.orderId, { order, request, requestKey: crypto.randomUUID() }, latest);
      // Also renews the token, if need be, so that it is at hand when the page is left with this unsent.
      gather();
    },
    undo,
    state: load.state,
    error: load.error,
    refresh: load.refresh,
  };
}

/** Sends a decision, also while the page is being left; tells how the order really stands when it was refused. */
function useSend(remember: (order: Order) => void, reread: () => void) {
  const { api, toasts } = useServices();
  return async ({ order, request, requestKey }: BoardAction): Promise<boolean> => {
    try {
      const { orderId } = order;
      remember(await api.orders.decide(orderId, request, { idempotencyKey: requestKey, keepalive: true }));
      return true;
    } catch (error) {
      const conflict = error instanceof ApiError && error.status === 409;
      const now = conflict ? await api.orders.order(order.orderId).catch(() => undefined) : undefined;
      if (now) remember(now);
      const text = messages.refused(
        order,
        now && messages.standsAt(request.decision, now),
        loadErrorOf(error).message,
      );
      toasts.show({ kind: now ? 'info' : 'attention', text });
      return false;
    } finally {
      reread();
    }
  };
}

/** Tells which of the orders came after the first look, for a while. */
function useArrivals(idsNow: () => readonly string[] | undefined, onArrival: () => void) {
  const arrived = shallowRef<ReadonlySet<string>>(new Set());
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** An order comes to wait only once, however old a list may be. */
  const seen = new Set<string>();
  let looked = false;
  watch(idsNow, (ids) => {
    if (!ids) return;
    const fresh = ids.filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    const first = !looked;
    looked = true;
    if (first || fresh.length === 0) return;
    arrived.value = new Set([...arrived.value, ...fresh]);
    onArrival();
    const timer = setTimeout(() => {
      timers.delete(timer);
      arrived.value = new Set([...arrived.value].filter((id) => !fresh.includes(id)));
    }, NEW_MILLISECONDS);
    timers.add(timer);
  });
  onScopeDispose(() => timers.forEach(clearTimeout));
  return readonly(arrived);
}
