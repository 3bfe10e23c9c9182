import { describe, expect, it } from 'vitest';
import { activate, canary, promote, rollback, sentence } from './decisions.ts';

const place = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const other = '01K0A1B2C3D4E5F6G7H8J9KMNQ';
const routes = {
  active: 'v1',
  canary: { version: 'v2', percent: 10 },
  places: { [place]: 'v3' },
};

describe('a decision', () => {
  it('to activate a version ends the canary and leaves the places alone', () => {
    expect(activate(routes, 'v4', undefined)).toEqual({ active: 'v4', places: { [place]: 'v3' } });
  });

  it('to activate a version for one place changes that place only', () => {
    const after = activate(routes, 'v4', other);
    expect(after).toEqual({ ...routes, places: { [place]: 'v3', [other]: 'v4' } });
    expect(activate(after, 'default', other)).toEqual(routes);
  });

  it('to activate the default is for a place that has a version of its own', () => {
    expect(() => activate(routes, 'default', undefined)).toThrow('--place');
    expect(() => activate(routes, 'default', other)).toThrow(other);
  });

  it('to try a version out takes the place of the one before, and 0 percent ends it', () => {
    expect(canary(routes, 'v4', 25)).toEqual({ ...routes, canary: { version: 'v4', percent: 25 } });
    expect(canary(routes, 'v2', 0)).toEqual({ active: 'v1', places: routes.places });
  });

  it.each([-1, 100.5, Number.NaN])('to give a canary %d percent is refused', (percent) => {
    expect(() => canary(routes, 'v2', percent)).toThrow('0 to 100');
  });

  it('to promote makes the canary the active version', () => {
    expect(promote(routes)).toEqual({ active: 'v2', places: routes.places });
    expect(() => promote({ active: 'v1' })).toThrow('none');
  });

  it('to roll back is to decide as before', () => {
    expect(rollback({ active: 'v2', revision: 1, previous: routes })).toEqual(routes);
    expect(() => rollback({ active: 'v1', revision: 0 })).toThrow('nobody');
  });
});

describe('sentence', () => {
  it('says where new photos go', () => {
    expect(sentence({ active: 'v1' })).toBe('all new photos go to v1');
    expect(sentence(routes)).toBe(`10 % of new photos go to v2, 90 % to v1; those of place ${place} to v3`);
  });
});
