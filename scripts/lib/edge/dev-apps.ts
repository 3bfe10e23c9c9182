import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from './answers.ts';
import { createProxy } from './proxy.ts';

/** The front ends as Vite serves them from their sources, with hot reload. */
export interface DevApps {
  serve(incoming: IncomingMessage, outgoing: ServerResponse): void;
  handleUpgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Vite makes the packages that an app uses ready at its first request. */
const timeoutMs = 120_000;

/**
 * A browser that has seen the built app keeps its service worker, which would go on to answer with that app; this one
 * takes its place, removes itself and loads the pages again.
 */
const lastWorker = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', async () => {
  await self.registration.unregister();
  for (const client of await self.clients.matchAll({ type: 'window' })) client.navigate(client.url);
});
`;

/** @param origins - address of each app's Vite by the app's name; `visitor` has all paths that no other app has */
export function createDevApps(origins: Readonly<Record<string, string>>): DevApps {
  const servers = Object.entries(origins).map(([name, origin]) => ({
    prefix: name === 'visitor' ? '/' : `/${name}`,
    origin: new URL(origin),
    proxy: createProxy(origin, timeoutMs),
  }));
  const serverOf = (path = '/') =>
    servers.find(({ prefix }) => prefix !== '/' && (path === prefix || /^[/?]/.test(rest(path, prefix)))) ??
    servers.find(({ prefix }) => prefix === '/');
  return {
    serve(incoming, outgoing) {
      if (/^\/(?:[a-z-]+\/)?sw\.js$/.test(incoming.url ?? '')) {
        outgoing.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
        outgoing.end(lastWorker);
        return;
      }
      serverOf(incoming.url)?.proxy(incoming, outgoing, incoming.url ?? '/');
    },
    handleUpgrade(incoming, socket, head) {
      const server = serverOf(incoming.url);
      if (server) forwardUpgrade(server.origin, incoming, socket, head);
      else refuseUpgrade(socket, 404);
    },
    close: () => {
      for (const { proxy } of servers) proxy.close();
    },
  };
}

const rest = (path: string, prefix: string): string =>
  path.startsWith(prefix) ? path.slice(prefix.length) : '';

function forwardUpgrade(origin: URL, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const upstream = request({
    hostname: origin.hostname,
    port: origin.port,
    path: incoming.url,
    headers: { ...incoming.headers, host: origin.host },
  });
  upstream.once('error', () => refuseUpgrade(socket, 502));
  upstream.once('response', () => refuseUpgrade(socket, 404));
  upstream.once('upgrade', (answer, other, first) => {
    const lines = answer.rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    socket.write(first);
    other.write(head);
    const end = () => {
      socket.destroy();
      other.destroy();
    };
    for (const one of [socket, other]) one.on('error', end).on('close', end);
    socket.pipe(other).pipe(socket);
  });
  upstream.end();
}
