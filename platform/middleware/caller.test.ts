import { describe, expect, it } from 'vitest';
import { callerFrom, isIn } from './caller.ts';

describe('callerFrom', () => {
  it('reads the user, the name and the groups of the authorizer', () => {
    const authorizer = {
      userId: 'rose',
      name: 'Rose',
      groups: '["rangers"]',
      principalId: 'x',
      integrationLatency: 3,
    };
    expect(callerFrom(authorizer)).toEqual({ userId: 'rose', name: 'Rose', groups: ['rangers'] });
  });

  it('knows a user without a name and groups', () => {
    expect(callerFrom({ userId: 'rose' })).toEqual({ userId: 'rose', groups: [] });
    expect(callerFrom({ userId: 'rose', name: '' })).toEqual({ userId: 'rose', groups: [] });
  });

  it.each([undefined, null, {}, { userId: '' }, 'rose', { groups: '["admins"]' }])(
    'takes %j for a guest',
    (guest) => {
      expect(callerFrom(guest)).toBeUndefined();
    },
  );
});

describe('isIn', () => {
  it.each([
    [undefined, false],
    [{ userId: 'rose', groups: [] }, false],
    [{ userId: 'rose', groups: ['baristas'] }, false],
    [{ userId: 'rose', groups: ['baristas', 'admins'] }, true],
  ])('%# decides by the groups of %j', (caller, expected) => {
    expect(isIn(caller, 'rangers', 'admins')).toBe(expected);
  });
});
