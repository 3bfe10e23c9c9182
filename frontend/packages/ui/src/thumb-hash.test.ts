// @vitest-environment node
import { expect, it } from 'vitest';
import { thumbHashUrl } from './thumb-hash.ts';

it('turns a hash into a picture and knows it the second time', () => {
  const url = thumbHashUrl('1QcSHQRnh493V4dIh4eXh1h4kJUI');
  expect(url).toMatch(/^data:image\/png;base64,/);
  expect(thumbHashUrl('1QcSHQRnh493V4dIh4eXh1h4kJUI')).toBe(url);
});

it.each([undefined, '', 'not base64 !'])('gives no picture for %j', (hash) => {
  expect(thumbHashUrl(hash)).toBeUndefined();
});
