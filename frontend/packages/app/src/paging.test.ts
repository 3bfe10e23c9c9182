// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { mergeFirstPage, mergeNextPage } from './paging.ts';

const page = (items: string, nextCursor?: string) => ({ items: [...items], nextCursor });
const same = (item: string) => item;

describe('reading the first page again', () => {
  it('is all there is when nothing was read before or everything fits on it', () => {
    expect(mergeFirstPage(undefined, page('abc', '1'), same)).toEqual(page('abc', '1'));
    expect(mergeFirstPage(page('abcdef', '2'), page('ab'), same)).toEqual(page('ab'));
  });

  it('puts new ones on top and keeps the pages below and the place in them', () => {
    expect(mergeFirstPage(page('abcdef', '2'), page('xab', '1'), same)).toEqual(page('xabcdef', '2'));
  });

  it('drops what has gone from within the page', () => {
    expect(mergeFirstPage(page('abcdef', '2'), page('acd', '1'), same)).toEqual(page('acdef', '2'));
  });

  it('starts anew when the page ends on something unknown', () => {
    expect(mergeFirstPage(page('abcdef', '2'), page('xyz', '1'), same)).toEqual(page('xyz', '1'));
  });

  it('is empty when nothing is left', () => {
    expect(mergeFirstPage(page('ab', '2'), page(''), same)).toEqual(page(''));
  });
});

describe('reading the next page', () => {
  it('adds it and goes on behind it', () => {
    expect(mergeNextPage(page('ab', '1'), page('cd', '2'), same)).toEqual(page('abcd', '2'));
  });

  it('shows what moved between the pages only once', () => {
    expect(mergeNextPage(page('ab', '1'), page('bc'), same)).toEqual(page('abc'));
  });
});
