import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Edge, serveEdge } from './server.ts';

/** Servers that stand for the Vites of the apps and say which one answered. */
const vites: Server[] = [];
let edge: Edge;

async function startVite(name: string): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/plain' }).end(`${name} ${incoming.url}`);
  }).listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'vite-hmr' });
  sockets.on('connection', (socket, request) => socket.send(`${name} ${request.url}`));
  vites.push(server);
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

beforeAll(async () => {
  edge = await serveEdge({
    port: 0,
    endpoint: 'http://127.0.0.1:9',
    region: 'eu-west-1',
    apiId: 'abc123',
    distributionBucket: 'pictures',
    userPoolId: 'eu-west-1_pool',
    userPoolClientId: 'client',
    topicPrefix: 'happy-path/local',
    connectionAuthorizer: 'authorizer',
    apps: {},
    devServers: {
      visitor: await startVite('visitor'),
      staff: await startVite('staff'),
      display: await startVite('display'),
    },
    stage: 'local',
  });
});
afterAll(async () => {
  await edge.close();
  for (const server of vites) {
    server.closeAllConnections();
    server.close();
  }
});

it.each([
  ['/', 'visitor /'],
  ['/@vite/client', 'visitor /@vite/client'],
  ['/node_modules/.vite/deps/vue.js?v=1', 'visitor /node_modules/.vite/deps/vue.js?v=1'],
  ['/staff', 'staff /staff'],
  ['/staff/src/main.ts?t=1', 'staff /staff/src/main.ts?t=1'],
  ['/staffing', 'visitor /staffing'],
  ['/display/src/main.ts', 'display /display/src/main.ts'],
])('asks the Vite of the app for %s', async (path, expected) => {
  const response = await fetch(edge.url + path);
  expect(await response.text()).toBe(expected);
  expect(response.headers.get('content-security-policy')).toContain("style-src 'self' 'unsafe-inline';");
});

it('answers what is not of the apps itself', async () => {
  expect(await (await fetch(`${edge.url}/config.json`)).json()).toMatchObject({ stage: 'local' });
  expect((await fetch(`${edge.url}/api/places`)).status).toBe(502);
});

it('takes the place of a service worker that shows the built app', async () => {
  const worker = await fetch(`${edge.url}/sw.js`);
  expect(worker.headers.get('content-type')).toBe('text/javascript');
  expect(await worker.text()).toContain('unregister');
});

it.each([
  ['/?token=a', 'visitor /?token=a'],
  ['/staff/?token=a', 'staff /staff/?token=a'],
])('connects hot reload at %s', async (path, expected) => {
  const socket = new WebSocket(edge.url.replace('http', 'ws') + path, 'vite-hmr');
  const [message] = await once(socket, 'message');
  expect(String(message)).toBe(expected);
  socket.close();
});
