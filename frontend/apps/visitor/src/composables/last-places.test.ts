import { place } from '@happy-path/app/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLastPlaces } from './last-places.ts';

beforeEach(() => localStorage.clear());

describe('the places seen last', () => {
  it('are kept newest first, each once, without a distance that is no longer true', () => {
    const { remember, all } = createLastPlaces();

    remember([place('a', 1, 1, { distance: 5 }), place('b', 2, 2)]);
    remember([place('c', 3, 3), place('a', 1, 1, { name: 'New name' })]);

    expect(all().map(({ name }) => name)).toEqual(['Place c', 'New name', 'Place b']);
    expect(all()[1]).not.toHaveProperty('distance');
  });

  it('are no more than three hundred', () => {
    const { remember, all } = createLastPlaces();

    for (let page = 0; page < 4; page++) {
      remember(Array.from({ length: 100 }, (_, index) => place(`${page}-${index}`, 0, 0)));
    }

    expect(all()).toHaveLength(300);
    expect(all()[0]?.placeId).toBe('3-0');
  });

  it.each(['{', '7', ''])('are none when the storage holds %j', (text) => {
    localStorage.setItem('happy-path:last-places', text);

    expect(createLastPlaces().all()).toEqual([]);
  });

  it('do without a storage that is full', () => {
    const storage = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('', 'QuotaExceededError');
      },
    };

    expect(() => createLastPlaces(storage as unknown as Storage).remember([place('a', 1, 1)])).not.toThrow();
  });
});
