import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseWorkflow } from './routing.ts';
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
