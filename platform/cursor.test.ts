import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { InvalidError } from './errors.ts';

/** Any code point; the library's own unit for them takes seconds to build. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));
const anything = /^[\s\S]*$/;

describe('cursors', () => {
  it('give back every position they were made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (position) => {
        const cursor = encodeCursor(position);
        expect(cursor).toMatch(/^[\w-]*$/);
        expect(decodeCursor(cursor, anything)).toBe(position);
      }),
    );
  });

  it('that somebody made up are refused as invalid and never read', () => {
    const form = /^\d+#[0-9A-Z]{26}$/;
    const madeUp = fc.oneof(
      fc.string({ unit: codePoint }),
      fc.base64String(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64url')),
    );
    fc.assert(
      fc.property(madeUp, (cursor) => {
        expect(() => decodeCursor(cursor, form)).toThrow(InvalidError);
      }),
    );
  });

  it.each([
    ['padding', `${encodeCursor('a')}==`],
    ['blanks', ` ${encodeCursor('a')}`],
    ['the other base 64', '_+/-'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe]).toString('base64url')],
  ])('with %s are not the ones we gave', (_what, cursor) => {
    expect(() => decodeCursor(cursor, anything)).toThrow(/Start again without one/);
  });

  it('of another list are refused', () => {
    expect(() => decodeCursor(encodeCursor('12#abc'), /^\w+$/)).toThrow(InvalidError);
  });

  it('are absent on the first page', () => {
    expect(decodeCursor(undefined, anything)).toBeUndefined();
  });
});
