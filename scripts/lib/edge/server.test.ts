import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { frontendConfig } from '#contracts/api/frontend-config.ts';
import { securityHeaders } from './headers.ts';
import { createProxy } from './proxy.ts';
import { type Edge, serveEdge } from './server.ts';

const photo = '01K0A1B2C3D4E5F6G7H8J9KMNP';
/** Answers for the emulator; each test says how. */
let answer: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
let emulator: Server;
let edge: Edge;
let endpoint: string;
let folder: string;

beforeAll(async () => {
  emulator = createServer((incoming, outgoing) => void answer(incoming, outgoing)).listen(0, '127.0.0.1');
  await once(emulator, 'listening');
  const address = emulator.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  folder = await mkdtemp(join(tmpdir(), 'edge-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'dist', 'sw.js'), 'worker');
  await writeFile(join(folder, 'dist', 'assets', 'app-12345678.js'), 'script');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await mkdir(join(folder, 'dist2'));
  await writeFile(join(folder, 'dist2', 'secret.txt'), 'secret');
  edge = await serveEdge(options());
});
afterAll(async () => {
  await edge.close();
  emulator.closeAllConnections();
  emulator.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  answer = (_, outgoing) => outgoing.writeHead(599).end();
});

const options = () => ({
  port: 0,
  endpoint,
  region: 'eu-west-1',
  apiId: 'abc123',
  distributionBucket: 'pictures',
  userPoolId: 'eu-west-1_pool',
  userPoolClientId: 'client',
  topicPrefix: 'happy-path/local',
  connectionAuthorizer: 'authorizer',
  apps: { visitor: join(folder, 'dist'), staff: join(folder, 'missing') },
  stage: 'local',
});

const get = (path: string, init?: RequestInit) => fetch(edge.url + path, { redirect: 'manual', ...init });

it('serves the app with its security headers and no cache for its document', async () => {
  const response = await get('/places/abc?from=map');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<!doctype html>');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    ...securityHeaders,
    'cache-control': 'no-cache',
  });
  expect(response.headers.get('strict-transport-security')).toBeNull();
  expect(response.headers.get('content-security-policy')).toContain(
    `${edge.url.replace('http', 'ws')} https://`,
  );
});

it('serves hashed assets for ever and answers an unchanged file with 304', async () => {
  const asset = await get('/assets/app-12345678.js');
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(asset.headers.get('content-type')).toContain('text/javascript');
  const again = await get('/sw.js', {
    headers: { 'if-none-match': (await get('/sw.js')).headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});

it.each([
  ['a missing file', '/missing.js', 'GET', 404],
  ['an app that is not built', '/staff/', 'GET', 404],
  ['a write to a page', '/places/abc', 'POST', 405],
  ['a write to a picture', `/photos/${photo}/tile.webp`, 'DELETE', 405],
])('answers %s in plain text', async (_, path, method, status) => {
  const response = await get(path, { method });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

it.each([
  '/../secret.txt',
  '/../dist2/secret.txt',
  '/assets/../../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
])('never leaves the folder of the app for %s', async (path) => {
  const { port } = new URL(edge.url);
  const [response] = await once(request({ host: '127.0.0.1', port, path }).end(), 'response');
  expect(response.statusCode).toBe(404);
  expect(await text(response)).not.toContain('secret');
});

it('tells the front ends where everything is', async () => {
  const config = frontendConfig.parse(await (await get('/config.json')).json());
  expect(config.mqttUrl).toBe(`${edge.url.replace('http', 'ws')}/mqtt`);
  expect(config.oidc.tokenEndpoint).toBe(`${edge.url}/oauth2/token`);
  expect(config.oidc.issuer).toBe('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool');
});

it('forwards the API with body, query and the address of the client, and without hop-by-hop headers', async () => {
  // Prepare
  const seen: unknown[] = [];
  answer = async (incoming, outgoing) => {
    const { 'x-forwarded-for': from, te, host } = incoming.headers;
    seen.push([incoming.method, incoming.url, await text(incoming), from, te, host]);
    outgoing.writeHead(201, {
      etag: 'W/"1"',
      'access-control-allow-origin': '*',
      'x-frame-options': 'ALLOWALL',
    });
    outgoing.end('made');
  };

  // Act
  const { port } = new URL(edge.url);
  const headers = { te: 'trailers', 'x-forwarded-for': '192.0.2.1' };
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path: '/api/places?a=%20b',
    method: 'POST',
    headers,
  }).end('body');
  const [response] = await once(outgoing, 'response');

  // Assess
  expect(seen).toEqual([
    [
      'POST',
      '/_aws/execute-api/abc123/api/places?a=%20b',
      'body',
      '192.0.2.1, 127.0.0.1',
      undefined,
      new URL(endpoint).host,
    ],
  ]);
  expect(response.statusCode).toBe(201);
  expect(response.headers).toMatchObject({ etag: 'W/"1"', 'x-frame-options': 'DENY' });
  expect(response.headers['access-control-allow-origin']).toBeUndefined();
  expect(await text(response)).toBe('made');
});

it('forwards the café orders to their own API, and says so when there is none', async () => {
  // Prepare
  answer = (incoming, outgoing) => outgoing.writeHead(200).end(`${incoming.method} ${incoming.url}`);
  const path = '/orders/cafes/1/scans?a=%20b';
  const withOrders = await serveEdge({ ...options(), ordersApiId: 'def456' });

  // Act
  const there = await fetch(withOrders.url + path, { method: 'POST' });
  const config = await (await fetch(`${withOrders.url}/config.json`)).json();
  await withOrders.close();
  const missing = await get(path, { method: 'POST' });

  // Assess
  expect(await there.text()).toBe('POST /_aws/execute-api/def456/orders/cafes/1/scans?a=%20b');
  expect(config).toMatchObject({ apiBase: '/api', ordersBase: '/orders' });
  expect([missing.status, await missing.json()]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }]);
  expect(await (await get('/config.json')).json()).not.toHaveProperty('ordersBase');
});

it("passes the API's own errors unchanged", async () => {
  const error = { error: { code: 'CONFLICT', message: 'Too late.', details: [{ path: 'a', message: 'b' }] } };
  answer = (_, outgoing) =>
    outgoing.writeHead(409, { 'content-type': 'application/json' }).end(JSON.stringify(error));
  const response = await get('/api/places');
  expect([response.status, await response.json()]).toEqual([409, error]);
});

it.each([
  [401, '{"message":"Unauthorized"}', 401, 'UNAUTHENTICATED'],
  [403, '{"message":"Missing Authentication Token"}', 404, 'NOT_FOUND'],
  [403, '{"message":"User is not authorized"}', 403, 'FORBIDDEN'],
  [429, '{"message":"Too Many Requests"}', 429, 'TOO_MANY_REQUESTS'],
  [413, 'long', 413, 'INVALID_REQUEST'],
  [502, '{"message":"TypeError: secret"}', 502, 'INTERNAL'],
])('gives the gateway’s %i %s the one error form', async (status, body, expectedStatus, code) => {
  answer = (_, outgoing) => outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
  const response = await get('/api/places');
  const received = await response.text();
  expect(response.status).toBe(expectedStatus);
  expect(JSON.parse(received)).toEqual({ error: { code, message: expect.stringMatching(/\.$/) } });
  expect(received).not.toContain('secret');
});

it('answers 502 in the one error form when the service breaks off', async () => {
  answer = (incoming) => incoming.socket.destroy();
  const response = await get('/api/places');
  expect([response.status, await response.json()]).toMatchObject([502, { error: { code: 'INTERNAL' } }]);
});

it('answers 504 in the one error form when the service takes too long', async () => {
  // Prepare
  answer = () => undefined;
  const proxy = createProxy(endpoint, 30);
  const server = createServer((incoming, outgoing) => proxy(incoming, outgoing, '/slow', 'api')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();

  // Act
  const response = await fetch(
    `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
  );

  // Assess
  expect([response.status, await response.json()]).toMatchObject([504, { error: { code: 'INTERNAL' } }]);
  server.closeAllConnections();
  server.close();
  proxy.close();
});

it('stops asking the service when the client has gone', async () => {
  // Prepare
  let isGone = false;
  answer = (incoming) => incoming.once('close', () => (isGone = true));
  const abort = new AbortController();

  // Act
  const pending = get('/api/places', { signal: abort.signal }).catch((error: unknown) => error);
  setTimeout(() => abort.abort(), 30);
  await pending;

  // Assess
  await vi.waitFor(() => expect(isGone).toBe(true), { timeout: 20_000 });
});

it('forwards sign-in to the identity provider with a policy that lets its form be', async () => {
  answer = (incoming, outgoing) =>
    outgoing.writeHead(302, { location: `${edge.url}/auth/callback?code=1` }).end(incoming.url);
  const response = await get('/oauth2/authorize?client_id=client');
  expect(response.headers.get('location')).toBe(`${edge.url}/auth/callback?code=1`);
  expect(await response.text()).toBe('/oauth2/authorize?client_id=client');
  expect(response.headers.get('content-security-policy')).toContain(
    "style-src 'unsafe-inline'; form-action 'self'",
  );
});

it('reads a picture from the private bucket with its own credentials', async () => {
  // Prepare
  answer = (incoming, outgoing) => {
    const isSigned = incoming.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=test/') === true;
    const isRight = incoming.url?.startsWith(`/pictures/photos/${photo}/tile.webp`) === true;
    const headers = { etag: '"e1"', 'content-type': 'image/webp', 'cache-control': 'max-age=9' };
    if (!isSigned || !isRight) return outgoing.writeHead(403).end();
    if (incoming.headers['if-none-match'] === '"e1"') return outgoing.writeHead(304, headers).end();
    if (incoming.headers.range === undefined)
      return outgoing.writeHead(200, { ...headers, 'content-length': 5 }).end('bytes');
    return outgoing
      .writeHead(206, { ...headers, 'content-length': 2, 'content-range': 'bytes 0-1/5' })
      .end('by');
  };
  const path = `/photos/${photo}/tile.webp`;

  // Act
  const whole = await get(path);
  const part = await get(path, { headers: { range: 'bytes=0-1' } });
  const unchanged = await get(path, { headers: { 'if-none-match': '"e1"' } });

  // Assess
  expect([whole.status, await whole.text()]).toEqual([200, 'bytes']);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'max-age=9',
    etag: '"e1"',
    'content-length': '5',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 0-1/5',
    'by',
  ]);
  expect([unchanged.status, unchanged.headers.get('etag')]).toEqual([304, '"e1"']);
});

it.each([
  [404, '<Error><Code>NoSuchKey</Code></Error>', 404],
  [403, '<Error><Code>AccessDenied</Code></Error>', 404],
  [416, '<Error><Code>InvalidRange</Code></Error>', 416],
])('hides what the bucket says with a %i', async (status, body, expected) => {
  answer = (_, outgoing) => outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  const response = await get(`/photos/${photo}/tile.webp`);
  expect(response.status).toBe(expected);
  expect(await response.text()).not.toContain('Error');
});

it.each(['/mqtt/other', '/other', '//', '/api/places'])(
  'refuses a WebSocket at %s and goes on',
  async (path) => {
    const { port } = new URL(edge.url);
    const headers = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-protocol': 'mqtt' };
    const [response] = await once(request({ host: '127.0.0.1', port, path, headers }).end(), 'response');
    expect(response.statusCode).toBe(404);
    expect((await get('/')).status).toBe(200);
  },
);
