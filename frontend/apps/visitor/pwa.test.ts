// @vitest-environment node
import { expect, it } from 'vitest';
import { navigateFallbackDenylist } from './pwa.ts';

const isTheApps = (pathAndQuery: string) =>
  !navigateFallbackDenylist.some((pattern) => pattern.test(pathAndQuery));

it.each([
  '/logout?client_id=a&logout_uri=b',
  '/oauth2/authorize?client_id=a',
  '/login?error=1',
  '/api/places',
  '/photos/01K0A1B2C3D4E5F6G7H8J9KMNP/large.webp',
  '/config.json',
])('leaves a navigation to %s to the edge', (path) => {
  expect(isTheApps(path)).toBe(false);
});

it.each([
  '/',
  '/?q=Yos',
  '/me',
  '/auth/callback?code=a&state=b',
  '/photos/01K0A1B2C3D4E5F6G7H8J9KMNP',
  '/logins',
])('answers a navigation to %s with the app', (path) => {
  expect(isTheApps(path)).toBe(true);
});
