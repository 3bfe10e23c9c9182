import { onStage, place } from '@happy-path/app/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { usePlaceSearch } from './usePlaceSearch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks once one has stopped typing, and not for a single letter', async () => {
  const query = ref('');
  const { api, result } = onStage(
    ({ api }) => api.listPlaces.mockResolvedValue({ items: [place('yosemite', 1, 1)] }),
    () => usePlaceSearch(() => query.value),
  );

  for (const text of ['y', 'yo', 'yos']) {
    query.value = text;
    await nextTick();
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(200);

  expect(api.listPlaces.mock.calls.map(([asked]) => asked?.q)).toEqual(['yos']);
  expect(result.found.value?.map(({ placeId }) => placeId)).toEqual(['yosemite']);
});

it('forgets the offers of an older query', async () => {
  const query = ref('');
  const { result } = onStage(
    ({ api }) => api.listPlaces.mockResolvedValue({ items: [place('a', 1, 1)] }),
    () => usePlaceSearch(() => query.value),
  );
  query.value = 'aca';
  await nextTick();
  await vi.advanceTimersByTimeAsync(200);
  expect(result.found.value).toHaveLength(1);

  query.value = '';
  await nextTick();

  expect(result.found.value).toBeUndefined();
});
