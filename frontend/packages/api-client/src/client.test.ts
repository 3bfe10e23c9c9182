// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { ApiError, createApiClient, OfflineError } from './index.ts';

const json = (status: number, body: unknown, headers = {}) => Response.json(body, { status, headers });
const refusal = (code: string, message: string) => ({ error: { code, message } });

function prepare(...answers: (Response | Error)[]) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => {
    const answer = answers.shift();
    if (!answer) throw new Error('Expected no further request');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const accessToken = vi.fn(
    async (options?: { refresh?: boolean }): Promise<string | undefined> =>
      options?.refresh ? 'fresh' : 'token',
  );
  const onReach = vi.fn();
  const api = createApiClient({ baseUrl: '/api', accessToken, fetch, onReach, backoff: [1, 1] });
  const request = (index: number) => {
    const [url, init] = fetch.mock.calls[index] ?? [];
    return { url, method: init?.method, headers: new Headers(init?.headers), body: init?.body };
  };
  return { api, fetch, accessToken, onReach, request };
}

describe('the routes', () => {
  it('asks for places near a point without a token, so that caches may share the answer', async () => {
    const { api, request } = prepare(json(200, { items: [] }));

    await api.listPlaces({ near: { lat: 37.86, lng: -119.54 }, radius: 1000, q: undefined, limit: 5 });

    expect(request(0).url).toBe('/api/places?radius=1000&limit=5&near=37.86%2C-119.54');
    expect(request(0).headers.has('authorization')).toBe(false);
  });

  it('asks for an upload with the token and the idempotency key', async () => {
    const { api, request } = prepare(json(201, { photoId: '1' }));

    const answer = await api.requestUpload('a/b', { contentType: 'image/jpeg', size: 3 }, 'key-1');

    expect(answer).toEqual({ photoId: '1' });
    expect(request(0)).toMatchObject({ url: '/api/places/a%2Fb/photos', method: 'POST' });
    expect(request(0).headers.get('authorization')).toBe('Bearer token');
    expect(request(0).headers.get('idempotency-key')).toBe('key-1');
    expect(request(0).body).toBe('{"contentType":"image/jpeg","size":3}');
  });

  it.each([
    ['getPlace', '/api/places/x', 'GET'],
    ['listPlacePhotos', '/api/places/x/photos', 'GET'],
    ['getPhoto', '/api/photos/x', 'GET'],
    ['deletePhoto', '/api/photos/x', 'DELETE'],
    ['getJourney', '/api/journeys/x', 'GET'],
    ['getExecution', '/api/executions/x', 'GET'],
  ] as const)('%s goes to %s', async (name, url, method) => {
    const { api, request } = prepare(new Response(null, { status: 204 }));

    await api[name]('x');

    expect(request(0)).toMatchObject({ url, method });
  });

  it('sends what the staff decides, each request with its key', async () => {
    const { api, request } = prepare(json(200, {}), json(200, {}), json(200, {}));

    await api.decideReview('x', { decision: 'reject', reason: 'PEOPLE' }, 'key-1');
    await api.retryPhoto('x', 'key-2');
    await api.changeRouting({ active: 'v2', revision: 3 });

    expect(request(0)).toMatchObject({ url: '/api/reviews/x', method: 'POST' });
    expect(request(0).body).toBe('{"decision":"reject","reason":"PEOPLE"}');
    expect(request(1)).toMatchObject({ url: '/api/photos/x/retry', method: 'POST', body: undefined });
    expect([0, 1, 2].map((index) => request(index).headers.get('idempotency-key'))).toEqual([
      'key-1',
      'key-2',
      null,
    ]);
    expect(request(2)).toMatchObject({ url: '/api/workflows/routing', method: 'PUT' });
    expect(request(2).body).toBe('{"active":"v2","revision":3}');
  });

  it('asks for lists of the staff with the token', async () => {
    const { api, request } = prepare(json(200, { items: [] }), json(200, { items: [] }), json(200, {}));

    await api.listReviews({ limit: 5 });
    await api.searchPhotos({ status: 'FAILED', placeId: undefined, cursor: 'c' });
    await api.getWorkflows();

    expect([0, 1, 2].map((index) => request(index).url)).toEqual([
      '/api/reviews?limit=5',
      '/api/photos?status=FAILED&cursor=c',
      '/api/workflows',
    ]);
    expect(request(2).headers.get('authorization')).toBe('Bearer token');
  });

  it('reads the own photos as a guest when nobody is signed in, and the server decides', async () => {
    const { api, accessToken, request } = prepare(json(401, refusal('UNAUTHENTICATED', 'Sign in first.')));
    accessToken.mockResolvedValue(undefined);

    await expect(api.listMyPhotos({ cursor: 'c' })).rejects.toMatchObject({ status: 401 });

    expect(request(0).url).toBe('/api/me/photos?cursor=c');
    expect(request(0).headers.has('authorization')).toBe(false);
  });
});

describe('failures', () => {
  it('turns the error form into an ApiError with its words', async () => {
    const details = [{ path: 'size', message: 'This file is empty.' }];
    const { api } = prepare(json(400, { error: { code: 'INVALID_REQUEST', message: 'No.', details } }));

    const error = await api.getPlace('x').catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', status: 400, message: 'No.', details });
  });

  it('has words of its own for an answer that is no JSON', async () => {
    const { api } = prepare(new Response('<html>', { status: 413 }));

    await expect(api.getPlace('x')).rejects.toMatchObject({
      status: 413,
      message: "The park's server answered 413. Try again in a moment.",
    });
  });

  it('repeats a GET twice while the server or the network fails', async () => {
    const answers = [
      json(503, refusal('INTERNAL', 'Later.')),
      new TypeError('failed'),
      json(200, { items: [] }),
    ];
    const { api, fetch, onReach } = prepare(...answers);

    await expect(api.listPlaces()).resolves.toEqual({ items: [] });

    expect(fetch).toHaveBeenCalledTimes(3);
    expect(onReach.mock.calls.flat()).toEqual([true, false, true]);
  });

  it('gives up after the third time with OfflineError', async () => {
    const { api, fetch } = prepare(new TypeError('1'), new TypeError('2'), new TypeError('3'));

    await expect(api.getPlace('x')).rejects.toBeInstanceOf(OfflineError);

    expect(fetch).toHaveBeenCalledTimes(3);
  });

  it.each([400, 403, 404])('does not repeat a GET that was answered %d', async (status) => {
    const { api, fetch } = prepare(json(status, refusal('X', 'No.')));

    await expect(api.getPlace('x')).rejects.toMatchObject({ status });

    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('does not repeat a POST or DELETE by itself', async () => {
    const { api, fetch } = prepare(new TypeError('1'), new TypeError('2'));

    await expect(api.deletePhoto('x')).rejects.toBeInstanceOf(OfflineError);
    await expect(api.requestUpload('x', { contentType: 'image/png', size: 1 }, 'k')).rejects.toThrow();

    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('counts an answer of the service worker as no reception', async () => {
    const { api, onReach } = prepare(json(200, { items: [] }, { 'x-from-cache': '1' }));

    await api.listPlaces();

    expect(onReach).toHaveBeenCalledExactlyOnceWith(false);
  });

  it('counts a token that cannot be renewed as no reception', async () => {
    const { api, accessToken } = prepare();
    accessToken.mockRejectedValue(new TypeError('Failed to fetch'));

    await expect(api.deletePhoto('x')).rejects.toBeInstanceOf(OfflineError);
  });
});

describe('a refused token', () => {
  it('is renewed once and the request repeated', async () => {
    const { api, request } = prepare(
      json(401, refusal('UNAUTHENTICATED', 'Old.')),
      json(200, { photoId: 'x' }),
    );

    await expect(api.getPhoto('x')).resolves.toEqual({ photoId: 'x' });

    expect(request(1).headers.get('authorization')).toBe('Bearer fresh');
  });

  it('is not tried again when there is no newer one', async () => {
    const { api, accessToken, fetch } = prepare(json(401, refusal('UNAUTHENTICATED', 'Old.')));
    accessToken.mockResolvedValue('token');

    await expect(api.getPhoto('x')).rejects.toMatchObject({ status: 401 });

    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe('an answer that does not come', () => {
  it('counts as no reception once the time is up', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(
      (_url, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        }),
    );
    const onReach = vi.fn();
    const options = { baseUrl: '', accessToken: async () => undefined, backoff: [], timeout: 5 };
    const api = createApiClient({ ...options, fetch, onReach });

    await expect(api.getPlace('x')).rejects.toBeInstanceOf(OfflineError);

    expect(onReach).toHaveBeenCalledExactlyOnceWith(false);
  });

  it('counts as no reception when it breaks off in the middle', async () => {
    const { api, fetch } = prepare();
    fetch.mockImplementation(async () => new Response('{"items":[', { status: 200 }));

    await expect(api.listPlaces()).rejects.toBeInstanceOf(OfflineError);

    expect(fetch).toHaveBeenCalledTimes(3);
  });
});

describe('an abort', () => {
  it('ends the request and is not counted as no reception', async () => {
    const { api, fetch, onReach } = prepare();
    fetch.mockImplementation(
      (_url, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        }),
    );
    const controller = new AbortController();

    const answer = api.getPlace('x', { signal: controller.signal });
    controller.abort();

    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(onReach).not.toHaveBeenCalled();
  });

  it('ends the wait between two tries', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>().mockRejectedValue(new TypeError('failed'));
    const api = createApiClient({
      baseUrl: '',
      accessToken: async () => undefined,
      fetch,
      backoff: [60_000],
    });
    const controller = new AbortController();

    const answer = api.getPlace('x', { signal: controller.signal });
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    setTimeout(() => controller.abort(), 5);

    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
