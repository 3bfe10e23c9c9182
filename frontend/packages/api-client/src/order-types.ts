import type { ExecutionView } from '#contracts/api/executions.ts';
import type {
  Board,
  Cafe,
  CafeList,
  ChangeCafeRequest,
  Order,
  OrderDecisionRequest,
  OrderPage,
  PlaceOrderRequest,
  PreOrderRequest,
  ReceiptLinks,
  ScanRequest,
  StampCard,
  TokenWindow,
} from '#contracts/api/orders.ts';
import type { OrderStatus } from '#contracts/orders.ts';
import type { CallOptions, PageQuery } from './types.ts';

export type * from '#contracts/api/orders.ts';
export type {
  Drink,
  DrinkChoice,
  Menu,
  MenuItem,
  Modifier,
  OrderKind,
  OrderReason,
  OrderStatus,
} from '#contracts/orders.ts';

export interface CafeOrdersQuery extends PageQuery {
  status: OrderStatus;
}

export interface DecideOptions extends CallOptions {
  /** Repetitions under the same key count once. */
  idempotencyKey?: string | undefined;
  /** Sends it even when the page is just being left. */
  keepalive?: boolean | undefined;
}

/** The API of the café orders, one method a route; a café's id is that of its place. */
export interface OrdersClient {
  cafes(options?: CallOptions): Promise<CafeList>;
  /** Rejects with 404 where the place takes no orders. */
  cafe(cafeId: string, options?: CallOptions): Promise<Cafe>;
  board(cafeId: string, options?: CallOptions): Promise<Board>;
  /** Rejects with 429 and `retryAfter` when all places of the window are taken. */
  scan(cafeId: string, body: ScanRequest, options?: CallOptions): Promise<Order>;
  preOrder(cafeId: string, body: PreOrderRequest, options?: CallOptions): Promise<Order>;
  mine(query?: PageQuery, options?: CallOptions): Promise<OrderPage>;
  stamps(options?: CallOptions): Promise<StampCard>;
  order(orderId: string, options?: CallOptions): Promise<Order>;
  place(orderId: string, body: PlaceOrderRequest, options?: CallOptions): Promise<Order>;
  /** The guest may cancel; its café's staff decides everything else, too. */
  decide(orderId: string, body: OrderDecisionRequest, options?: DecideOptions): Promise<Order>;
  receipt(orderId: string, options?: CallOptions): Promise<ReceiptLinks>;
  /** The staff's methods from here on. */
  changeCafe(cafeId: string, body: ChangeCafeRequest, options?: CallOptions): Promise<Cafe>;
  window(cafeId: string, options?: CallOptions): Promise<TokenWindow>;
  cafeOrders(cafeId: string, query: CafeOrdersQuery, options?: CallOptions): Promise<OrderPage>;
  execution(orderId: string, options?: CallOptions): Promise<ExecutionView>;
}
