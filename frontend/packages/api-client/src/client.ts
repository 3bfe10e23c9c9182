import { createHttp, type HttpOptions } from './http.ts';
import { createOrdersClient } from './orders.ts';
import type { ApiClient, PlacesQuery } from './types.ts';

export interface ApiClientOptions extends HttpOptions {
  /** Path prefix of the café orders' API. @default '/orders' */
  ordersBaseUrl?: string | undefined;
}

/**
 * Makes the typed client of the backend's API and, below `orders`, of the café orders'.
 *
 * @example
 * const api = createApiClient({ baseUrl: '/api', accessToken: () => session.accessToken() });
 * const { items } = await api.listPlaces({ near: { lat: 37.86, lng: -119.54 } });
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = createHttp(options);
  // The one place where an answer gets its type: client and server share the contract, and a zod parse of
  // each answer would cost every phone the whole library.
  const call = <Answer>(...request: Parameters<typeof send>) => send(...request) as Promise<Answer>;
  const id = encodeURIComponent;

  return {
    orders: createOrdersClient({ ...options, baseUrl: options.ordersBaseUrl ?? '/orders' }),
    listPlaces: (query = {}, { signal } = {}) =>
      call({ method: 'GET', path: '/places', query: placesQuery(query), signedIn: false, signal }),
    getPlace: (placeId, { signal } = {}) =>
      call({ method: 'GET', path: `/places/${id(placeId)}`, signedIn: false, signal }),
    listPlacePhotos: (placeId, query = {}, { signal } = {}) =>
      call({
        method: 'GET',
        path: `/places/${id(placeId)}/photos`,
        query: { ...query },
        signedIn: false,
        signal,
      }),
    requestUpload: (placeId, body, idempotencyKey, { signal } = {}) =>
      call({
        method: 'POST',
        path: `/places/${id(placeId)}/photos`,
        body,
        headers: { 'idempotency-key': idempotencyKey },
        signedIn: true,
        signal,
      }),
    getPhoto: (photoId, { signal } = {}) =>
      call({ method: 'GET', path: `/photos/${id(photoId)}`, signedIn: true, signal }),
    deletePhoto: (photoId, { signal } = {}) =>
      call({ method: 'DELETE', path: `/photos/${id(photoId)}`, signedIn: true, signal }),
    listMyPhotos: (query = {}, { signal } = {}) =>
      call({ method: 'GET', path: '/me/photos', query: { ...query }, signedIn: true, signal }),
    retryPhoto: (photoId, idempotencyKey, { signal } = {}) =>
      call({
        method: 'POST',
        path: `/photos/${id(photoId)}/retry`,
        headers: { 'idempotency-key': idempotencyKey },
        signedIn: true,
        signal,
      }),
    searchPhotos: (query, { signal } = {}) =>
      call({ method: 'GET', path: '/photos', query: { ...query }, signedIn: true, signal }),
    listReviews: (query = {}, { signal } = {}) =>
      call({ method: 'GET', path: '/reviews', query: { ...query }, signedIn: true, signal }),
    decideReview: (photoId, body, idempotencyKey, { signal } = {}) =>
      call({
        method: 'POST',
        path: `/reviews/${id(photoId)}`,
        body,
        headers: { 'idempotency-key': idempotencyKey },
        signedIn: true,
        signal,
      }),
    getWorkflows: ({ signal } = {}) => call({ method: 'GET', path: '/workflows', signedIn: true, signal }),
    changeRouting: (body, { signal } = {}) =>
      call({ method: 'PUT', path: '/workflows/routing', body, signedIn: true, signal }),
    getExecution: (photoId, { signal } = {}) =>
      call({ method: 'GET', path: `/executions/${id(photoId)}`, signedIn: true, signal }),
    getJourney: (journeyId, { signal } = {}) =>
      call({ method: 'GET', path: `/journeys/${id(journeyId)}`, signedIn: true, signal }),
  };
}

function placesQuery({ near, ...query }: PlacesQuery) {
  return { ...query, near: near && `${near.lat},${near.lng}` };
}
