// @vitest-environment node
import { expect, it } from 'vitest';
import { returnToOf } from './return-to.ts';

it.each(['/', '/places/1?photo=2#top', '/me'])('returns to the path %s', (returnTo) => {
  expect(returnToOf({ returnTo })).toBe(returnTo);
});

it.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '',
  7,
  undefined,
])('returns to the map instead of %s', (returnTo) => {
  expect(returnToOf({ returnTo })).toBe('/');
});

it.each([undefined, null, 'text'])('returns to the map when the state is %s', (state) => {
  expect(returnToOf(state)).toBe('/');
});
