import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { plain, refuseUpgrade } from './answers.ts';
import { createApps } from './apps.ts';
import { cognitoEndpoints, cognitoIssuer, frontendConfig } from './config.ts';
import { createDevApps, type DevApps } from './dev-apps.ts';
import { contentSecurityPolicy, defaultMapStyleUrl, securityHeaders, signInFormPolicy } from './headers.ts';
import { lambdaAuthorizer } from './mqtt-authorizer.ts';
import { createMqttGate } from './mqtt-gate.ts';
import { createPictures } from './pictures.ts';
import { createProxy, fail } from './proxy.ts';
import { routeOf } from './routes.ts';

export interface EdgeOptions {
  /** Port on localhost; 0 takes a free one. */
  readonly port: number;
  /** The emulator, `http://localhost:4566`. */
  readonly endpoint: string;
  readonly region: string;
  readonly apiId: string;
  /** API of the café orders, when that stack is there. */
  readonly ordersApiId?: string;
  readonly distributionBucket: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly topicPrefix: string;
  /** Name of the authorizer function of the notification channel. */
  readonly connectionAuthorizer: string;
  /** Folder of each built app by name; `visitor` is served at `/`, others under their name. */
  readonly apps: Readonly<Record<string, string>>;
  /** Address of each app's Vite by name; the apps come from there and not from their folders, with hot reload. */
  readonly devServers?: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly mapStyleUrl?: string;
  /** One line a request, without query. @default false */
  readonly logRequests?: boolean;
}

export interface Edge {
  readonly url: string;
  close(): Promise<void>;
}

/** The emulator's only account. */
const localAccount = '000000000000';

/**
 * Plays the edge on a laptop: one origin for apps, API, pictures, sign-in and live messages, with the paths and headers
 * that `frontend/template.yaml` gives to CloudFront.
 */
export async function serveEdge(options: EdgeOptions): Promise<Edge> {
  const { endpoint, region } = options;
  const proxy = createProxy(endpoint);
  const pictures = createPictures({ endpoint, region, bucket: options.distributionBucket });
  const gate = createMqttGate({
    authorize: lambdaAuthorizer({ endpoint, region, functionName: options.connectionAuthorizer }),
    endpoint,
    region,
    account: localAccount,
    onProblem: (message) => console.error(message),
  });
  const dev = options.devServers && createDevApps(options.devServers);
  const server = createServer();
  const url = await listen(server, options.port);
  const handle = requestHandler(options, url, { proxy, pictures, dev });
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    handle(incoming, outgoing).catch(() => plain(outgoing, 500));
  });
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (splitTarget(incoming.url ?? '/').pathname === '/mqtt') gate.handleUpgrade(incoming, socket, head);
    else if (dev) dev.handleUpgrade(incoming, socket, head);
    else refuseUpgrade(socket, 404);
  });
  return {
    url,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await gate.close();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(force);
      proxy.close();
      pictures.close();
      dev?.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  // Loopback only: the edge signs for a private bucket and must not be reached from the network.
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://localhost:${typeof address === 'object' && address !== null ? address.port : port}`;
}

type RequestListener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

interface Origins {
  readonly proxy: ReturnType<typeof createProxy>;
  readonly pictures: ReturnType<typeof createPictures>;
  readonly dev: DevApps | undefined;
}

function requestHandler(
  options: EdgeOptions,
  url: string,
  { proxy, pictures, dev }: Origins,
): RequestListener {
  const apps = createApps(options.apps);
  const pagePolicy = contentSecurityPolicy(localOrigins(options, url), dev !== undefined);
  const config = JSON.stringify(configOf(options, url));

  return async (incoming, outgoing) => {
    const target = incoming.url ?? '/';
    const { pathname, search } = splitTarget(target);
    const route = routeOf(pathname, apps.mounted);
    for (const [name, value] of Object.entries(securityHeaders)) outgoing.setHeader(name, value);
    outgoing.setHeader('content-security-policy', route.to === 'sign-in' ? signInFormPolicy : pagePolicy);
    if (options.logRequests === true) {
      outgoing.once('close', () => console.log(`${incoming.method} ${pathname} ${outgoing.statusCode}`));
    }
    switch (route.to) {
      case 'api':
        return proxy(incoming, outgoing, `/_aws/execute-api/${options.apiId}${pathname}${search}`, 'api');
      case 'orders':
        if (options.ordersApiId === undefined) return fail(outgoing, 404);
        return proxy(
          incoming,
          outgoing,
          `/_aws/execute-api/${options.ordersApiId}${pathname}${search}`,
          'api',
        );
      case 'sign-in':
        return proxy(incoming, outgoing, target);
      case 'picture':
        return pictures(incoming, outgoing, route.key);
      case 'config':
        outgoing.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
        return void outgoing.end(config);
      case 'file':
        return dev ? dev.serve(incoming, outgoing) : apps.serve(incoming, outgoing, route);
      case 'nothing':
        return dev ? dev.serve(incoming, outgoing) : plain(outgoing, 404);
    }
  };
}

function splitTarget(target: string): { pathname: string; search: string } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { pathname: target, search: '' }
    : { pathname: target.slice(0, mark), search: target.slice(mark) };
}

function localOrigins({ endpoint, mapStyleUrl }: EdgeOptions, url: string) {
  const { port } = new URL(endpoint);
  return {
    // A Lambda signs upload forms for 127.0.0.1; other tools may use the names.
    uploads: [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://*.localhost:${port}`],
    notifications: [url.replace('http', 'ws')],
    signIn: [],
    map: [new URL(mapStyleUrl ?? defaultMapStyleUrl).origin],
  };
}

function configOf(options: EdgeOptions, url: string) {
  return frontendConfig({
    stage: options.stage,
    region: options.region,
    topicPrefix: options.topicPrefix,
    mqttUrl: `${url.replace('http', 'ws')}/mqtt`,
    issuer: cognitoIssuer(options.region, options.userPoolId),
    clientId: options.userPoolClientId,
    endpoints: cognitoEndpoints(url),
    hasOrders: options.ordersApiId !== undefined,
    ...(options.mapStyleUrl === undefined ? {} : { mapStyleUrl: options.mapStyleUrl }),
  });
}
