// @vitest-environment node
import { expect, it, vi } from 'vitest';
import { createApiClient } from './index.ts';

function prepare(answer: () => Response = () => Response.json({})) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer());
  const { orders } = createApiClient({
    baseUrl: '/api',
    accessToken: async () => 'token',
    fetch,
    backoff: [],
  });
  const request = () => {
    const [url, init] = fetch.mock.calls[0] ?? [];
    const headers = new Headers(init?.headers);
    return { url, method: init?.method, headers, body: init?.body, keepalive: init?.keepalive };
  };
  return { orders, request };
}

it.each([
  ['cafe', '/orders/cafes/x'],
  ['window', '/orders/cafes/x/window'],
  ['order', '/orders/x'],
  ['receipt', '/orders/x/receipt'],
  ['execution', '/orders/x/execution'],
] as const)('%s is read from %s with the token', async (name, url) => {
  const { orders, request } = prepare();

  await orders[name]('x');

  expect(request()).toMatchObject({ url, method: 'GET' });
  expect(request().headers.get('authorization')).toBe('Bearer token');
});

it('reads the board without a token, so that caches may share it', async () => {
  const { orders, request } = prepare();

  await orders.board('a/b');

  expect(request().url).toBe('/orders/cafes/a%2Fb/board');
  expect(request().headers.has('authorization')).toBe(false);
});

it('asks for the lists page by page', async () => {
  const mine = prepare();
  const queue = prepare();

  await mine.orders.mine({ cursor: 'c' });
  await queue.orders.cafeOrders('x', { status: 'QUEUED', cursor: undefined });

  expect(mine.request().url).toBe('/orders/mine?cursor=c');
  expect(queue.request().url).toBe('/orders/cafes/x/orders?status=QUEUED');
});

it('decides under a key, also when the page is being left', async () => {
  const { orders, request } = prepare();

  await orders.decide('x', { decision: 'accept' }, { idempotencyKey: 'key-1', keepalive: true });

  expect(request()).toMatchObject({ url: '/orders/x/decisions', method: 'POST', keepalive: true });
  expect(request().headers.get('idempotency-key')).toBe('key-1');
  expect(request().body).toBe('{"decision":"accept"}');
});

it('tells after how long it is worth scanning again', async () => {
  const error = { code: 'TOO_MANY_REQUESTS', message: 'All taken.' };
  const { orders } = prepare(() =>
    Response.json({ error }, { status: 429, headers: { 'retry-after': '42' } }),
  );

  await expect(orders.scan('x', { code: 'c', scanId: 's' })).rejects.toMatchObject({
    status: 429,
    retryAfter: 42,
  });
});
