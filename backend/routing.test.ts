import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseWorkflow, placesOf, sameRoutes, shareOf, versionsIn } from './routing.ts';
import { placeId, sampleId } from './testing/samples.ts';

const choose = (routing: Parameters<typeof chooseWorkflow>[0], number: number) =>
  chooseWorkflow(routing, { photoId: sampleId(number), placeId });

describe('chooseWorkflow', () => {
  it('takes the active version, or the place’s own before the canary', () => {
    expect(choose({ active: 'v1' }, 1)).toBe('v1');
    const canary = { version: 'v2', percent: 100 };
    expect(choose({ active: 'v1', canary }, 1)).toBe('v2');
    expect(choose({ active: 'v1', canary, places: { [placeId]: 'v3' } }, 1)).toBe('v3');
    expect(choose({ active: 'v1', canary, places: { [sampleId(9)]: 'v3' } }, 1)).toBe('v2');
  });

  it('chooses the same for the same photo, and never less of the canary as its share grows', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1_000_000), percent, percent, (number, a, b) => {
        const at = (share: number) =>
          choose({ active: 'v1', canary: { version: 'v2', percent: share } }, number);
        expect(at(a)).toBe(at(a));
        if (a <= b && at(a) === 'v2') expect(at(b)).toBe('v2');
      }),
    );
  });

  it.each([0, 1, 10, 50, 99, 100])('gives the canary %i percent of the photos', (percent) => {
    const count = 4000;
    const chosen = Array.from({ length: count }, (_, number) =>
      choose({ active: 'v1', canary: { version: 'v2', percent } }, number),
    );
    const share = (100 * chosen.filter((version) => version === 'v2').length) / count;
    expect(Math.abs(share - percent)).toBeLessThanOrEqual(percent % 100 === 0 ? 0 : 2.5);
  });
});

describe('a decision', () => {
  const canary = { version: 'v2', percent: 10 };
  const places = { [sampleId(1)]: 'v3', [sampleId(2)]: 'v3' };

  it('says which share of new photos each version gets', () => {
    const shares = ['v1', 'v2', 'v3'].map((version) => shareOf({ active: 'v1', canary, places }, version));
    expect(shares).toEqual([90, 10, 0]);
    expect(shareOf({ active: 'v1' }, 'v1')).toBe(100);
  });

  it('names the versions it needs, and the places of each', () => {
    expect(versionsIn({ active: 'v1', canary, places })).toEqual(['v1', 'v2', 'v3']);
    expect(placesOf({ active: 'v1', places }, 'v3')).toEqual(Object.keys(places));
    expect(placesOf({ active: 'v1' }, 'v1')).toEqual([]);
  });

  it('is the same as another one when it sends every photo to the same version', () => {
    const backwards = Object.fromEntries(Object.entries(places).reverse());
    expect(sameRoutes({ active: 'v1', canary, places }, { places: backwards, canary, active: 'v1' })).toBe(
      true,
    );
    expect(sameRoutes({ active: 'v1' }, { active: 'v1', places: {} })).toBe(true);
    expect(sameRoutes({ active: 'v1', canary }, { active: 'v1' })).toBe(false);
    expect(sameRoutes({ active: 'v1', canary }, { active: 'v1', canary: { ...canary, percent: 11 } })).toBe(
      false,
    );
    expect(sameRoutes({ active: 'v1', places }, { active: 'v1' })).toBe(false);
  });
});
