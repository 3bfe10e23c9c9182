import type { ErrorResponse } from '#contracts/api/errors.ts';
import { ApiError, OfflineError } from './errors.ts';

export interface HttpOptions {
  baseUrl: string;
  /** A valid access token, or nothing for a guest; `refresh` asks for a newer one after the API refused the last. */
  accessToken: (options?: { refresh?: boolean }) => Promise<string | undefined>;
  fetch?: typeof globalThis.fetch | undefined;
  /** Told after each attempt whether the server could be reached at all. */
  onReach?: ((reached: boolean) => void) | undefined;
  /** Milliseconds to wait before each further attempt of a GET. @default [400, 1600] */
  backoff?: readonly number[] | undefined;
  /** Milliseconds until an attempt counts as lost. @default 20000 */
  timeout?: number | undefined;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined> | undefined;
  body?: unknown;
  headers?: Record<string, string> | undefined;
  /** Public answers go without a token, so that every cache may share them. */
  signedIn: boolean;
  signal?: AbortSignal | undefined;
  /** Goes on when the page is left meanwhile. */
  keepalive?: boolean | undefined;
}

/** Sends one request as JSON, repeats GETs that may succeed later, and turns every failure into one of two errors. */
export function createHttp(options: HttpOptions) {
  const backoff = options.backoff ?? [400, 1600];

  return async function send(request: HttpRequest): Promise<unknown> {
    const waits = request.method === 'GET' ? backoff : [];
    for (let attempt = 0; ; attempt++) {
      try {
        return await sendAuthorised(options, request);
      } catch (error) {
        const wait = waits[attempt];
        if (wait === undefined || !isTransient(error)) throw error;
        await pause(wait * (0.5 + Math.random()), request.signal);
      }
    }
  };
}

/** A token can be refused although its time is not over (revoked, clock wrong): then one try with a fresh one. */
async function sendAuthorised(options: HttpOptions, request: HttpRequest): Promise<unknown> {
  if (!request.signedIn) return attempt(options, request, undefined);
  const token = await tokenOrOffline(options);
  try {
    return await attempt(options, request, token);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || token === undefined) throw error;
    const fresh = await tokenOrOffline(options, { refresh: true });
    if (fresh === undefined || fresh === token) throw error;
    return attempt(options, request, fresh);
  }
}

async function tokenOrOffline(options: HttpOptions, how?: { refresh: boolean }) {
  try {
    return await options.accessToken(how);
  } catch (error) {
    throw new OfflineError(error);
  }
}

async function attempt(options: HttpOptions, request: HttpRequest, token: string | undefined) {
  const patience = limitTime(request.signal, options.timeout ?? 20_000);
  try {
    const response = await reach(options, request, token, patience.signal);
    if (response.status === 204) return undefined;
    const body = await response.json().catch((error: unknown) => {
      request.signal?.throwIfAborted();
      // The connection broke in the middle of a good answer; a bad one needs no body to be told.
      if (response.ok) throw new OfflineError(error);
      return undefined;
    });
    if (!response.ok) {
      throw new ApiError(response.status, errorOf(response.status, body), retryAfterOf(response));
    }
    return body;
  } finally {
    patience.end();
  }
}

async function reach(
  options: HttpOptions,
  request: HttpRequest,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const fetch = options.fetch ?? globalThis.fetch;
  const headers = new Headers({ accept: 'application/json', ...request.headers });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  try {
    const response = await fetch(urlOf(options.baseUrl, request), {
      method: request.method,
      headers,
      signal,
      ...(request.keepalive && { keepalive: true }),
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
    // The service worker marks what it had kept: an answer, but the server was not reached.
    options.onReach?.(!response.headers.has('x-from-cache'));
    return response;
  } catch (error) {
    request.signal?.throwIfAborted();
    options.onReach?.(false);
    throw new OfflineError(error);
  }
}

/** Aborts with the caller's signal or when the time is up; `AbortSignal.any` is too young for many phones. */
function limitTime(signal: AbortSignal | undefined, milliseconds: number) {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(abort, milliseconds);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

function urlOf(baseUrl: string, { path, query = {} }: HttpRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? `${baseUrl}${path}` : `${baseUrl}${path}?${text}`;
}

function errorOf(status: number, body: unknown): ErrorResponse['error'] {
  if (isErrorResponse(body)) return body.error;
  return { code: 'INTERNAL', message: `The park's server answered ${status}. Try again in a moment.` };
}

/** The header may also hold a date, which no API of ours sends. */
function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

function isErrorResponse(body: unknown): body is ErrorResponse {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  );
}

function isTransient(error: unknown): boolean {
  if (error instanceof OfflineError) return true;
  return error instanceof ApiError && (error.status >= 500 || error.status === 429);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
