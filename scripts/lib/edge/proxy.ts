import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream';
import { json } from 'node:stream/consumers';
import { errorResponse } from '#contracts/api/errors.ts';
import { gatewayError } from './gateway-answers.ts';

export interface Proxy {
  /** Sends the request on to `path` (with query) and streams the answer back. */
  (incoming: IncomingMessage, outgoing: ServerResponse, path: string, form?: 'api' | 'as-is'): void;
  close(): void;
}

/** RFC 9110, section 7.6.1: they concern one connection and end here. */
const hopByHop = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
);
/** The page and the API share one origin, so nobody else is to read the answers. */
const notForBrowsers = /^(?:server|date|access-control-.*|content-security-policy|x-frame-options)$/;

/** API Gateway gives up after 29 seconds; so does the edge. */
const defaultTimeoutMs = 29_000;

/** Streams requests to the emulator and answers back, without holding either in memory. */
export function createProxy(endpoint: string, timeoutMs = defaultTimeoutMs): Proxy {
  const agent = new Agent({ keepAlive: true });
  const target = new URL(endpoint);
  const proxy = (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    path: string,
    form: 'api' | 'as-is' = 'as-is',
  ) => {
    const upstream = request({
      agent,
      hostname: target.hostname,
      port: target.port,
      method: incoming.method,
      path,
      headers: requestHeaders(incoming, target.host),
    });
    const deadline = setTimeout(() => upstream.destroy(new GatewayTimeout()), timeoutMs);
    outgoing.once('close', () => {
      clearTimeout(deadline);
      upstream.destroy();
    });
    upstream.once('error', (error) => fail(outgoing, error instanceof GatewayTimeout ? 504 : 502));
    upstream.once('response', (answer) => {
      const status = answer.statusCode ?? 502;
      if (form === 'api' && status >= 400) return void sendApiError(answer, outgoing, status);
      outgoing.writeHead(status, responseHeaders(answer.headers, outgoing));
      pipeline(answer, outgoing, () => undefined);
    });
    pipeline(incoming, upstream, () => undefined);
  };
  return Object.assign(proxy, { close: () => agent.destroy() });
}

class GatewayTimeout extends Error {}

function requestHeaders(incoming: IncomingMessage, host: string): IncomingHttpHeaders {
  const peer = incoming.socket.remoteAddress ?? '127.0.0.1';
  const before = incoming.headers['x-forwarded-for'];
  return {
    ...withoutHopByHop(incoming.headers),
    host,
    'x-forwarded-for': before === undefined ? peer : `${before}, ${peer}`,
    'x-forwarded-proto': 'http',
    ...(incoming.headers.host === undefined ? {} : { 'x-forwarded-host': incoming.headers.host }),
  };
}

/** Headers that the edge has set already win over the origin's, as `OverrideOrigin` does in CloudFront. */
function responseHeaders(headers: IncomingHttpHeaders, outgoing: ServerResponse): IncomingHttpHeaders {
  const kept = Object.entries(withoutHopByHop(headers)).filter(
    ([name]) => !notForBrowsers.test(name) && !outgoing.hasHeader(name),
  );
  return Object.fromEntries(kept);
}

function withoutHopByHop(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.includes(name)),
  );
}

/**
 * The emulator ignores the GatewayResponses of the template, so that its own refusals (no token, unknown route,
 * throttled, broken function) have another form and may quote an exception; the edge gives them the one form.
 */
async function sendApiError(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  status: number,
): Promise<void> {
  const body: unknown = await json(answer).catch(() => undefined);
  const own = errorResponse.safeParse(body);
  if (!own.success) {
    const isUnknownRoute =
      status === 403 && JSON.stringify(body ?? '').includes('Missing Authentication Token');
    return fail(outgoing, isUnknownRoute ? 404 : status);
  }
  if (outgoing.headersSent || outgoing.destroyed) return;
  const { 'content-length': _length, ...headers } = responseHeaders(answer.headers, outgoing);
  outgoing.writeHead(status, headers).end(JSON.stringify(body));
}

/** Ends a request in the one error form of the API, unless the answer has begun. */
export function fail(outgoing: ServerResponse, status: number): void {
  if (outgoing.destroyed) return;
  if (outgoing.headersSent) return void outgoing.destroy();
  const body = JSON.stringify(gatewayError(status));
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  });
  outgoing.end(body);
}
