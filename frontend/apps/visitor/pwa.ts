import type { VitePWAOptions } from 'vite-plugin-pwa';

type Workbox = NonNullable<VitePWAOptions['workbox']>;
type RuntimeCaching = NonNullable<Workbox['runtimeCaching']>;

const DAY = 24 * 60 * 60;

/**
 * What the service worker keeps for the way where there is no reception: the places, lists and pictures seen last.
 * Answers to a signed-in request are never kept, because two people may share a phone; neither is any other route.
 *
 * The functions are written into the worker as text, so they may use nothing from outside themselves.
 */
export const runtimeCaching: RuntimeCaching = [
  {
    urlPattern: ({ url, request, sameOrigin }) =>
      sameOrigin &&
      (url.pathname === '/api/places' || url.pathname.startsWith('/api/places/')) &&
      !request.headers.has('authorization'),
    method: 'GET',
    handler: 'NetworkFirst',
    options: {
      cacheName: 'places',
      networkTimeoutSeconds: 6,
      cacheableResponse: { statuses: [200] },
      expiration: { maxEntries: 150, maxAgeSeconds: 14 * DAY, purgeOnQuotaError: true },
      plugins: [
        {
          // Tells the app that the server was not reached, although there is an answer.
          cachedResponseWillBeUsed: async ({ cachedResponse }) => {
            if (!cachedResponse) return cachedResponse;
            const headers = new Headers(cachedResponse.headers);
            headers.set('x-from-cache', '1');
            return new Response(cachedResponse.body, { status: cachedResponse.status, headers });
          },
        },
      ],
    },
  },
  {
    urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname === '/config.json',
    method: 'GET',
    handler: 'NetworkFirst',
    options: { cacheName: 'config', networkTimeoutSeconds: 4, cacheableResponse: { statuses: [200] } },
  },
  {
    // A picture never changes under its name. Kept no longer than a week, so that a deleted one leaves the phones too.
    urlPattern: ({ url, sameOrigin }) =>
      sameOrigin && /^\/photos\/[^/]+\/[^/]+\.(webp|jpg)$/.test(url.pathname),
    method: 'GET',
    handler: 'CacheFirst',
    options: {
      cacheName: 'pictures',
      cacheableResponse: { statuses: [200] },
      expiration: { maxEntries: 400, maxAgeSeconds: 7 * DAY, purgeOnQuotaError: true },
    },
  },
];

/**
 * Paths that a browser may navigate to and that are not the app's: other apps, APIs, pictures and the identity
 * provider's pages.
 * Workbox tests them against the path together with its query.
 */
export const navigateFallbackDenylist: RegExp[] = [
  /^\/(staff|display|api|orders|mqtt|oauth2|login|logout)([/?]|$)/,
  /^\/photos\/[^/]+\/[^/]+\.\w+(\?|$)/,
  /^\/config\.json(\?|$)/,
];
