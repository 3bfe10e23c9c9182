import { onStage, place, publicPhoto } from '@happy-path/app/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { cafeId } from '../testing.ts';
import { useIdle } from './useIdle.ts';
import { useSlides } from './useSlides.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('is idle after two quiet minutes and awake at once', async () => {
  const busy = ref(true);
  const { result: idle } = onStage(
    () => {},
    () => useIdle(() => busy.value),
  );
  await vi.advanceTimersByTimeAsync(600_000);
  expect(idle.value).toBe(false);
  busy.value = false;
  await vi.advanceTimersByTimeAsync(119_999);
  expect(idle.value).toBe(false);

  await vi.advanceTimersByTimeAsync(1);
  expect(idle.value).toBe(true);
  busy.value = true;
  await nextTick();

  expect(idle.value).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

it('counts two minutes from the last thing that went on', async () => {
  const busy = ref(false);
  const { result: idle, unmount } = onStage(
    () => {},
    () => useIdle(() => busy.value),
  );
  for (let index = 0; index < 5; index++) {
    await vi.advanceTimersByTimeAsync(100_000);
    busy.value = true;
    await nextTick();
    busy.value = false;
    await nextTick();
  }

  expect(idle.value).toBe(false);
  expect(vi.getTimerCount()).toBe(1);
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});

function prepareSlides() {
  const active = ref(false);
  const stage = onStage(
    ({ api }) => {
      api.getPlace.mockResolvedValue(place(cafeId, 37.7, -119.6, { type: 'cafe' }));
      const park = place('park', 37.8, -119.5);
      const bar = place('bar', 37.8, -119.5, { type: 'bar' });
      const trail = place('trail', 37.9, -119.5, { type: 'trail', name: 'Mist Trail' });
      api.listPlaces.mockResolvedValue({ items: [park, bar, trail] });
      api.listPlacePhotos.mockImplementation(async (placeId) => ({
        items: placeId === 'park' ? [publicPhoto('new', 9), publicPhoto('old', 1)] : [publicPhoto('mid', 5)],
      }));
    },
    () => useSlides(cafeId, () => active.value),
  );
  return { ...stage, active, shown: () => stage.result.value?.photo.photoId };
}

it('shows the newest photos of parks and trails around, one after the other', async () => {
  const { active, shown, result, api } = prepareSlides();
  expect(api.getPlace).not.toHaveBeenCalled();

  active.value = true;
  await vi.advanceTimersByTimeAsync(0);
  const seen = [shown()];
  for (let index = 0; index < 3; index++) {
    await vi.advanceTimersByTimeAsync(12_000);
    seen.push(shown());
  }

  expect(seen).toEqual(['new', 'mid', 'old', 'new']);
  expect(api.listPlacePhotos.mock.calls.map(([placeId]) => placeId)).toEqual(['park', 'trail']);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(result.value?.placeName).toBe('Mist Trail');
});

it('looks for newer ones after ten minutes, and keeps what it has when that fails', async () => {
  const { active, shown, api } = prepareSlides();
  active.value = true;
  await vi.advanceTimersByTimeAsync(0);
  api.getPlace.mockRejectedValue(new Error('down'));

  await vi.advanceTimersByTimeAsync(30 * 60_000);

  expect(api.getPlace).toHaveBeenCalledTimes(3 + 1);
  expect(shown()).toBeDefined();
});

it('rests while the screen shows something else', async () => {
  const { active, api } = prepareSlides();
  active.value = true;
  await vi.advanceTimersByTimeAsync(0);

  active.value = false;
  await vi.advanceTimersByTimeAsync(30 * 60_000);

  expect(api.getPlace).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});
