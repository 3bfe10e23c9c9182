import { describe, expect, it } from 'vitest';
import { demoCafes } from './cafes.ts';
import places from './places.json' with { type: 'json' };

describe('the demo’s cafés that take orders', () => {
  it.each(demoCafes)('$number is a café of the demo with a barista and a menu to choose from', (cafe) => {
    expect(places.find(({ number }) => number === cafe.number)).toMatchObject({ type: 'cafe' });
    expect(cafe.staff).toContain('barista@example.com');
    expect(cafe.menu.length).toBeGreaterThanOrEqual(6);
    expect(cafe.menu.every(({ cents, available }) => available && cents >= 200 && cents <= 900)).toBe(true);
    expect(cafe.menu.some(({ modifiers }) => modifiers.length > 1)).toBe(true);
  });

  it('keep the second barista at one of them', () => {
    const own = demoCafes.filter(({ staff }) => staff.includes('barista2@example.com'));
    expect(own.map(({ number }) => number)).toEqual([16]);
  });
});
