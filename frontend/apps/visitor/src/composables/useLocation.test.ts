import { beforeEach, describe, expect, it, vi } from 'vitest';

class PositionError extends Error {
  readonly PERMISSION_DENIED = 1;
  readonly code: number;
  constructor(code: number) {
    super();
    this.code = code;
  }
}

type Ask = (found: (position: unknown) => void, refused: (error: unknown) => void) => void;
const ask = vi.fn<Ask>();
const here = { coords: { latitude: 37.8, longitude: -119.5 } };

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('GeolocationPositionError', PositionError);
  vi.stubGlobal('navigator', { geolocation: { getCurrentPosition: ask } });
});

/** A module of its own for each test, because all views share one location. */
const load = async () => (await import('./useLocation.ts')).useLocation();

describe('useLocation', () => {
  it('knows nothing and asks nobody until it is told to', async () => {
    const { location, state } = await load();

    expect([location.value, state.value]).toEqual([undefined, 'idle']);
    expect(ask).not.toHaveBeenCalled();
  });

  it('finds the visitor, asking the device once for all who want to know', async () => {
    ask.mockImplementation((found) => setTimeout(() => found(here)));
    const { location, state, locate } = await load();

    const answers = Promise.all([locate(), locate()]);
    expect(state.value).toBe('asking');
    await answers;

    expect(location.value).toEqual({ lat: 37.8, lng: -119.5 });
    expect(state.value).toBe('known');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it.each([
    [1, 'refused'],
    [2, 'unavailable'],
    [3, 'unavailable'],
  ])('takes a no for an answer (%d, %s)', async (code, expected) => {
    ask.mockImplementation((_found, refused) => refused(new PositionError(code)));
    const { state, locate } = await load();

    await expect(locate()).resolves.toBeUndefined();

    expect(state.value).toBe(expected);
  });

  it('does without a device that can tell', async () => {
    vi.stubGlobal('navigator', {});
    const { state, locate } = await load();

    await locate();

    expect(state.value).toBe('unavailable');
  });

  it('keeps the last place when the next answer fails', async () => {
    ask.mockImplementationOnce((found) => found(here));
    ask.mockImplementationOnce((_found, refused) => refused(new PositionError(3)));
    const { location, state, locate } = await load();
    await locate();

    await locate();

    expect(location.value).toEqual({ lat: 37.8, lng: -119.5 });
    expect(state.value).toBe('known');
  });
});
