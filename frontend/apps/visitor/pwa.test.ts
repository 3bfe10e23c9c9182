// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { navigateFallbackDenylist, runtimeCaching } from './pwa.ts';

const isApp = (pathAndQuery: string) =>
  !navigateFallbackDenylist.some((pattern) => pattern.test(pathAndQuery));

describe('what the service worker answers with the app', () => {
  it.each([
    '/',
    '/?place=1',
    '/places/01ABC',
    '/places/01ABC?add=1',
    '/photos/01ABC',
    '/photos/01ABC/journey',
    '/me',
    '/me/orders/01ABC',
    '/cafes/01ABC/scan?code=1-A',
    '/auth/callback?code=1&state=2',
    '/login-help',
    '/staffing',
  ])('%s', (path) => {
    expect(isApp(path)).toBe(true);
  });

  it.each([
    '/staff',
    '/display/',
    '/staff/review?photo=1',
    '/api/places',
    '/orders/01ABC',
    '/oauth2/authorize?client_id=1',
    '/login?client_id=1',
    '/logout?client_id=1&logout_uri=x',
    '/logout',
    '/mqtt',
    '/photos/01ABC/large.webp',
    '/photos/01ABC/share.jpg?download',
    '/config.json',
  ])('but not %s', (path) => {
    expect(isApp(path)).toBe(false);
  });
});

describe('what the service worker keeps', () => {
  /** The cache that a request goes through, if any. */
  function cacheOf(
    path: string,
    headers: Record<string, string> = {},
    sameOrigin = true,
  ): string | undefined {
    const url = new URL(path, 'http://park.example');
    const request = new Request(url, { headers });
    const rule = runtimeCaching.find(({ urlPattern }) => {
      if (typeof urlPattern !== 'function') throw new Error('Expected each rule to decide by a function');
      return urlPattern({ url, request, sameOrigin } as Parameters<typeof urlPattern>[0]);
    });
    return rule?.options?.cacheName ?? undefined;
  }

  it.each([
    ['/api/places?near=1,2', 'places'],
    ['/api/places/01ABC', 'places'],
    ['/api/places/01ABC/photos?limit=24', 'places'],
    ['/photos/01ABC/tile.webp', 'pictures'],
    ['/photos/01ABC/share.jpg', 'pictures'],
    ['/config.json', 'config'],
  ])('%s in %s', (path, cache) => {
    expect(cacheOf(path)).toBe(cache);
  });

  it.each([
    '/api/photos/01ABC',
    '/orders/mine',
    '/api/me/photos',
    '/api/journeys/01ABC',
    '/api/placesX',
    '/photos/01ABC',
  ])('not %s', (path) => {
    expect(cacheOf(path)).toBeUndefined();
  });

  it('nothing that was asked for by somebody who is signed in', () => {
    expect(cacheOf('/api/places', { authorization: 'Bearer x' })).toBeUndefined();
  });

  it("nothing from elsewhere, even under the app's paths", () => {
    expect(cacheOf('/api/places', {}, false)).toBeUndefined();
    expect(cacheOf('/photos/01ABC/tile.webp', {}, false)).toBeUndefined();
  });

  it('only by GET, and only good answers', () => {
    for (const rule of runtimeCaching) {
      expect(rule.method).toBe('GET');
      expect(rule.options?.cacheableResponse?.statuses).toEqual([200]);
    }
  });

  it('with a mark by which the app knows that the server was not reached', async () => {
    const mark = runtimeCaching[0]?.options?.plugins?.[0]?.cachedResponseWillBeUsed;
    const cachedResponse = Response.json({ items: [] });

    const marked = await mark?.({ cachedResponse } as Parameters<typeof mark>[0]);

    expect(marked?.headers.get('x-from-cache')).toBe('1');
    expect(await marked?.json()).toEqual({ items: [] });
  });

  it('with functions that need nothing from outside, since the worker gets their text', () => {
    for (const { urlPattern } of runtimeCaching) {
      expect(() => new Function(`return (${String(urlPattern)})`)()).not.toThrow();
    }
  });
});
