import { OfflineError } from '@happy-path/api-client';
import { onStage, place } from '@happy-path/app/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { distanceBetween } from './distance.ts';
import { createLastPlaces } from './last-places.ts';
import { usePlace } from './usePlace.ts';

beforeEach(() => {
  localStorage.clear();
});

describe('usePlace', () => {
  it('tells how far the place is as soon as one knows where one is', async () => {
    const from = ref<{ lat: number; lng: number }>();
    const { result } = onStage(
      ({ api }) => api.getPlace.mockResolvedValue(place('a', 37.86, -119.54)),
      () => usePlace('a', from),
    );
    await vi.waitFor(() => expect(result.place.value?.name).toBe('Place a'));
    expect(result.place.value?.distance).toBeUndefined();

    from.value = { lat: 37.86, lng: -120.54 };

    expect(result.place.value?.distance).toBeGreaterThan(87_000);
    expect(result.place.value?.distance).toBeLessThan(89_000);
  });
});

describe('a place without reception', () => {
  it('is shown as it was seen last, and anew when reception is back', async () => {
    createLastPlaces().remember([place('a', 1, 1, { name: 'Old name' })]);
    const { result, api, setOnline } = onStage(
      ({ api }) => api.getPlace.mockRejectedValue(new OfflineError()),
      () => usePlace('a'),
    );
    await vi.waitFor(() => expect(result.place.value?.name).toBe('Old name'));
    api.getPlace.mockResolvedValue(place('a', 1, 1, { name: 'New name' }));

    setOnline(false);
    setOnline(true);

    await vi.waitFor(() => expect(result.place.value?.name).toBe('New name'));
  });

  it('is an error when it was never seen', async () => {
    const { result } = onStage(
      ({ api }) => api.getPlace.mockRejectedValue(new OfflineError()),
      () => usePlace('b'),
    );

    await vi.waitFor(() => expect(result.error.value?.kind).toBe('offline'));
  });
});

describe('the distance', () => {
  it.each([
    [{ lat: 52.5163, lng: 13.3777 }, { lat: 48.8584, lng: 2.2945 }, 878_000],
    [{ lat: 0, lng: 179.5 }, { lat: 0, lng: -179.5 }, 111_195],
    [{ lat: 90, lng: 0 }, { lat: -90, lng: 0 }, 20_015_000],
    [{ lat: 1, lng: 1 }, { lat: 1, lng: 1 }, 0],
  ])('from %o to %o is %d m', (a, b, metres) => {
    expect(Math.abs(distanceBetween(a, b) - metres)).toBeLessThanOrEqual(metres * 0.005);
  });
});
