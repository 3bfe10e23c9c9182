import { afterEach, expect, it, vi } from 'vitest';
import { loadOnlineStyle } from './online-style.ts';

const answer = (body: unknown, status = 200) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(JSON.stringify(body), { status })),
  );
afterEach(() => vi.unstubAllGlobals());

it('gives the style of the online map', async () => {
  answer({ version: 8, sources: {}, layers: [] });
  expect(await loadOnlineStyle('https://maps.example/style')).toMatchObject({ version: 8 });
});

it.each([
  ['the host refuses', () => answer({}, 403)],
  ['the answer is no style', () => answer({ hello: 'world' })],
  [
    'the network fails',
    () =>
      vi.stubGlobal(
        'fetch',
        vi.fn(() => Promise.reject(new TypeError('failed'))),
      ),
  ],
])('leaves the built-in map when %s', async (_, prepare) => {
  prepare();
  expect(await loadOnlineStyle('https://maps.example/style')).toBeUndefined();
});

it('gives up on a slow host', async () => {
  const hang = (_: string, { signal }: RequestInit) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  vi.stubGlobal('fetch', vi.fn(hang));
  expect(await loadOnlineStyle('https://maps.example/style', 10)).toBeUndefined();
});

it('asks nobody when no style is configured', async () => {
  answer({ version: 8 });
  expect(await loadOnlineStyle('')).toBeUndefined();
  expect(fetch).not.toHaveBeenCalled();
});
