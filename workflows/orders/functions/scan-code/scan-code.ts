import type { Order, ScanRequest } from '#contracts/api/orders.ts';
import { isFinal } from '#contracts/orders.ts';
import type { OrderItem, WindowItem } from '#contracts/tables/order-items.ts';
import {
  ConflictError,
  GoneError,
  NotFoundError,
  TooManyRequestsError,
  UnauthenticatedError,
} from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { alreadyRunning, cafeClosed, noSuchCafe, orderIn } from '../../outcomes.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import type { OrderManager } from '../../stores/order-manager.ts';
import type { OrderStore } from '../../stores/order-store.ts';
import type { WindowStore } from '../../stores/window-store.ts';
import { orderView } from '../../views.ts';
import { secondsOf } from '../../windows.ts';

interface Dependencies {
  readonly cafes: Pick<CafeStore, 'get'>;
  readonly windows: Pick<WindowStore, 'get' | 'take'>;
  readonly orders: Pick<OrderStore, 'get' | 'activeOrderId'>;
  readonly manager: OrderManager;
  readonly windowSeconds: number;
  readonly newId: () => string;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly cafeId: string };
  readonly body: ScanRequest;
  readonly caller: Caller | undefined;
}

interface Scan extends ScanRequest {
  readonly cafeId: string;
  readonly caller: Caller;
  readonly startsAt: number;
}

/** A guest's admission by one scan. */
type Admission = WindowItem['admitted'][string];

/** A guest whose last order ends while he scans may find the window changed; more often than this it is not chance. */
const mostAttempts = 3;

/**
 * Takes a token of the café's window for the guest and has the order made. The one conditional write decides who is
 * admitted; whatever dies behind it, a repetition of the scan finds the admission and goes on from there.
 */
export const scanCode =
  (dependencies: Dependencies) =>
  async ({ path: { cafeId }, body, caller }: Request): Promise<Order> => {
    if (!caller) throw new UnauthenticatedError();
    const scan: Scan = { ...body, cafeId, caller, startsAt: Number(body.code.slice(0, 10)) };
    const cafe = await dependencies.cafes.get(cafeId);
    if (!cafe) throw noSuchCafe();
    if (!cafe.isOpen) return repetition(dependencies, scan);
    const running = await runningOrder(dependencies, scan);
    if (running && running.scanId !== body.scanId) throw alreadyRunning(running.orderId);
    if (running) return orderView(running);
    return orderView(await admit(dependencies, scan));
  };

/** A closed café admits nobody; who was admitted before hears of the order again. */
async function repetition(dependencies: Dependencies, scan: Scan): Promise<Order> {
  const admission = admissionIn(await dependencies.windows.get(scan.cafeId, scan.startsAt), scan);
  if (admission?.scanId !== scan.scanId) throw cafeClosed();
  return orderView(await orderOf(dependencies, scan, admission));
}

/** Looked up first, so that no token is spent on a guest who may not begin another order. */
async function runningOrder(
  { orders }: Dependencies,
  { caller, cafeId }: Scan,
): Promise<OrderItem | undefined> {
  const orderId = await orders.activeOrderId(caller.userId, cafeId);
  const order = orderId === undefined ? undefined : await orders.get(orderId);
  return order && !isFinal(order.status) ? order : undefined;
}

async function admit(dependencies: Dependencies, scan: Scan): Promise<OrderItem> {
  const { windows, newId, now } = dependencies;
  const { cafeId, startsAt, code, scanId, caller } = scan;
  let after: string | undefined;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const admission = { scanId, orderId: newId() };
    const at = secondsOf(now());
    const grasp = { cafeId, startsAt, code, userId: caller.userId, ...admission, now: at, after };
    const grasped = await windows.take(grasp);
    if (grasped.taken) {
      logger.info('Token taken', { cafeId, ...admission });
      return orderOf(dependencies, scan, admission);
    }
    const { window } = grasped;
    const earlier = admissionIn(window, scan);
    if (earlier?.scanId === scanId) return orderOf(dependencies, scan, earlier);
    if (earlier) after = await endedOrder(dependencies, scan, earlier);
    refuse(window, scan, at, dependencies.windowSeconds);
  }
  throw new ConflictError('The code was just in use by you. Please scan it again.');
}

/** What this guest holds of the window; only the right code tells. */
function admissionIn(window: WindowItem | undefined, { code, caller }: Scan): Admission | undefined {
  if (window?.code !== code || !Object.hasOwn(window.admitted, caller.userId)) return undefined;
  return window.admitted[caller.userId];
}

/**
 * The guest's order of another scan of this window, if it is over. A token whose order was never made still counts as
 * that guest's: the order is made now.
 */
async function endedOrder(dependencies: Dependencies, scan: Scan, earlier: Admission): Promise<string> {
  const order = await orderOf(dependencies, scan, earlier);
  if (isFinal(order.status)) return order.orderId;
  throw alreadyRunning(order.orderId);
}

/** The order of an admission; made now, unless it is there. */
async function orderOf(
  { orders, manager }: Dependencies,
  { cafeId, caller: { userId, groups } }: Scan,
  { orderId, scanId }: Admission,
): Promise<OrderItem> {
  const made = await orders.get(orderId);
  if (made) return made;
  return orderIn(
    await manager.call({
      action: 'create',
      orderId,
      caller: { userId, groups },
      cafeId,
      kind: 'SCAN',
      scanId,
    }),
  );
}

/** Says why the window admits nobody by this code, if it does not. */
function refuse(
  window: WindowItem | undefined,
  { code, startsAt }: Scan,
  now: number,
  windowSeconds: number,
): void {
  // A code that was shown long ago is told from one that never was by its time alone.
  const isOver = (window?.endsAt ?? startsAt + windowSeconds) <= now;
  if (window ? window.code !== code : !isOver) {
    throw new NotFoundError('This is not a code of this café. Scan the one on its screen.');
  }
  if (isOver) throw new GoneError('This code is too old. Scan the new one on the screen.');
  if (window && window.tokensLeft <= 0) {
    throw new TooManyRequestsError(
      'All places of this code are taken. The next code comes in a moment.',
      window.endsAt - now,
    );
  }
}
