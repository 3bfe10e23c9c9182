import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rememberCafe, useMyCafes, usualCafe } from './useMyCafes.ts';

beforeEach(() => localStorage.clear());
afterEach(() => localStorage.clear());

const cafe = (cafeId: string, isStaff = true) => ({ cafeId, name: cafeId, isOpen: true, isStaff });

describe('the cafés of a barista', () => {
  it('are those where he is of the staff', async () => {
    const { result } = onStage(
      ({ api }) => void api.orders.cafes.mockResolvedValue({ items: [cafe('a'), cafe('b', false)] }),
      () => useMyCafes(),
    );

    await vi.waitFor(() => expect(result.cafes.value.map(({ cafeId }) => cafeId)).toEqual(['a']));
  });

  it('may be none', async () => {
    const { result } = onStage(
      ({ api }) => void api.orders.cafes.mockResolvedValue({ items: [cafe('b', false)] }),
      () => useMyCafes(),
    );

    await vi.waitFor(() => expect(result.state.value).toBe('empty'));
  });
});

describe('the usual café', () => {
  it('is the one of last time', () => {
    rememberCafe('b');

    expect(usualCafe([cafe('a'), cafe('b')])?.cafeId).toBe('b');
  });

  it('is the only one there is', () => {
    rememberCafe('gone');

    expect(usualCafe([cafe('a')])?.cafeId).toBe('a');
    expect(usualCafe([cafe('a'), cafe('b')])).toBeUndefined();
  });
});
