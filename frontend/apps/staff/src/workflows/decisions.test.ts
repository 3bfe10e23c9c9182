// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type Decision, routesAfter, sentencesOf, sharesIn, versionsIn } from './decisions.ts';

const cafe = '01J0000000000000000000CAFE';
const park = '01J0000000000000000000PARK';
const routing = {
  revision: 4,
  active: 'v2',
  canary: { version: 'v3', percent: 10 },
  places: { [cafe]: 'v4' },
  previous: { active: 'v1' },
};
const says = (decision: Decision) =>
  sentencesOf(routing, routesAfter(routing, decision), (id) => (id === cafe ? 'Blue Heron Café' : 'Acadia'));

describe('a decision', () => {
  it.each([
    [
      { what: 'activate', version: 'v4' },
      { active: 'v4', places: { [cafe]: 'v4' } },
    ],
    [
      { what: 'promote', version: 'v3' },
      { active: 'v3', places: { [cafe]: 'v4' } },
    ],
    [
      { what: 'stop', version: 'v3' },
      { active: 'v2', places: { [cafe]: 'v4' } },
    ],
    [
      { what: 'try', version: 'v4', percent: 25 },
      { active: 'v2', canary: { version: 'v4', percent: 25 }, places: { [cafe]: 'v4' } },
    ],
    [
      { what: 'place', placeId: park, version: 'v1' },
      { active: 'v2', canary: { version: 'v3', percent: 10 }, places: { [cafe]: 'v4', [park]: 'v1' } },
    ],
    [
      { what: 'removePlace', placeId: cafe },
      { active: 'v2', canary: { version: 'v3', percent: 10 } },
    ],
    [{ what: 'rollback' }, { active: 'v1' }],
  ] as const)('%j gives the whole routing', (decision, after) => {
    expect(routesAfter(routing, decision)).toEqual(after);
  });

  it('has nothing to go back to before the first change', () => {
    const { previous: _none, ...first } = routing;
    const after = routesAfter(first, { what: 'rollback' });

    expect(after).toEqual({ active: 'v2', canary: routing.canary, places: routing.places });
    expect(sentencesOf(first, after, String)).toEqual(['Nothing changes: this is how it is.']);
  });
});

describe('the sentence', () => {
  it('says which share goes where, and that photos on their way stay', () => {
    expect(says({ what: 'try', version: 'v3', percent: 25 })).toEqual([
      'From now on 25 % of new photos go to v3, 75 % to v2.',
      'Blue Heron Café keeps its own version.',
      'Photos on their way stay where they are.',
    ]);
  });

  it('says that all go to one version', () => {
    expect(says({ what: 'promote', version: 'v3' })[0]).toBe('From now on all new photos go to v3.');
  });

  it('tells of the place alone when only the place changes', () => {
    expect(says({ what: 'place', placeId: park, version: 'v1' })).toEqual([
      'New photos of Acadia always go to v1.',
      'Photos on their way stay where they are.',
    ]);
    expect(says({ what: 'removePlace', placeId: cafe })[0]).toBe(
      'New photos of Blue Heron Café follow the others again.',
    );
  });

  it('tells of places that a rollback changes', () => {
    expect(says({ what: 'rollback' })).toEqual([
      'From now on all new photos go to v1.',
      'New photos of Blue Heron Café follow the others again.',
      'Photos on their way stay where they are.',
    ]);
  });

  it('says so when nothing changes', () => {
    expect(says({ what: 'try', version: 'v3', percent: 10 })).toEqual([
      'Nothing changes: this is how it is.',
    ]);
  });
});

describe('the traffic', () => {
  it('is divided between the active version and the one that is tried', () => {
    expect(sharesIn(routing)).toEqual([
      { version: 'v2', percent: 90 },
      { version: 'v3', percent: 10 },
    ]);
    expect(sharesIn({ active: 'v2', canary: { version: 'v3', percent: 100 } })).toEqual([
      { version: 'v3', percent: 100 },
    ]);
  });

  it('shows versions that the routing names though they are not deployed, in the order of their numbers', () => {
    expect(versionsIn({ ...routing, active: 'v12' }, ['v2', 'v1'])).toEqual(['v1', 'v2', 'v3', 'v4', 'v12']);
  });
});
