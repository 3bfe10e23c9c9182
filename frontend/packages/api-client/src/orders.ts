import { createHttp, type HttpOptions } from './http.ts';
import type { OrdersClient } from './order-types.ts';

/** Makes the typed client of the café orders' API. */
export function createOrdersClient(options: HttpOptions): OrdersClient {
  const send = createHttp(options);
  // As for the backend's API: client and server share the contract, which gives the answer its type.
  const call = <Answer>(...request: Parameters<typeof send>) => send(...request) as Promise<Answer>;
  const cafePath = (cafeId: string, rest = '') => `/cafes/${encodeURIComponent(cafeId)}${rest}`;
  const orderPath = (orderId: string, rest = '') => `/${encodeURIComponent(orderId)}${rest}`;
  const get = <Answer>(path: string, signal: AbortSignal | undefined, query = {}) =>
    call<Answer>({ method: 'GET', path, query, signedIn: true, signal });

  return {
    cafes: ({ signal } = {}) => get('/cafes', signal),
    cafe: (cafeId, { signal } = {}) => get(cafePath(cafeId), signal),
    board: (cafeId, { signal } = {}) =>
      call({ method: 'GET', path: cafePath(cafeId, '/board'), signedIn: false, signal }),
    scan: (cafeId, body, { signal } = {}) =>
      call({ method: 'POST', path: cafePath(cafeId, '/scans'), body, signedIn: true, signal }),
    preOrder: (cafeId, body, { signal } = {}) =>
      call({ method: 'POST', path: cafePath(cafeId, '/orders'), body, signedIn: true, signal }),
    mine: (query = {}, { signal } = {}) => get('/mine', signal, { ...query }),
    stamps: ({ signal } = {}) => get('/stamps', signal),
    order: (orderId, { signal } = {}) => get(orderPath(orderId), signal),
    place: (orderId, body, { signal } = {}) =>
      call({ method: 'PUT', path: orderPath(orderId), body, signedIn: true, signal }),
    decide: (orderId, body, { signal, keepalive, idempotencyKey = crypto.randomUUID() } = {}) =>
      call({
        method: 'POST',
        path: orderPath(orderId, '/decisions'),
        body,
        headers: { 'idempotency-key': idempotencyKey },
        signedIn: true,
        signal,
        keepalive,
      }),
    receipt: (orderId, { signal } = {}) => get(orderPath(orderId, '/receipt'), signal),
    changeCafe: (cafeId, body, { signal } = {}) =>
      call({ method: 'PUT', path: cafePath(cafeId), body, signedIn: true, signal }),
    window: (cafeId, { signal } = {}) => get(cafePath(cafeId, '/window'), signal),
    cafeOrders: (cafeId, query, { signal } = {}) => get(cafePath(cafeId, '/orders'), signal, { ...query }),
    execution: (orderId, { signal } = {}) => get(orderPath(orderId, '/execution'), signal),
  };
}
