import { onStage, photoView } from '@happy-path/app/testing';
import { expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { type SearchStatus, usePhotoSearch } from './usePhotoSearch.ts';

function prepare(first: SearchStatus) {
  const status = ref<SearchStatus>(first);
  const placeId = ref<string>();
  const stage = onStage(
    ({ api, user }) => {
      user.value = { id: 'r1', groups: ['rangers'] };
      api.searchPhotos.mockResolvedValue({ items: [photoView('p', 1)] });
    },
    () => usePhotoSearch(status, placeId),
  );
  return { ...stage, status, placeId };
}

it('asks anew when the state or the place changes', async () => {
  const { api, status, placeId } = prepare('REJECTED');

  status.value = 'PUBLISHED';
  placeId.value = 'place';
  await nextTick();

  expect(api.searchPhotos.mock.calls.map(([{ status, placeId }]) => [status, placeId])).toEqual([
    ['REJECTED', undefined],
    ['PUBLISHED', 'place'],
  ]);
});

it('does not ask for all published photos of all places', async () => {
  const { api, result } = prepare('PUBLISHED');

  await vi.waitFor(() => expect(result.state.value).toBe('empty'));

  expect(api.searchPhotos).not.toHaveBeenCalled();
});

it('reads again when the staff is told of a change', async () => {
  const { api, realtime, result } = prepare('IN_REVIEW');
  await vi.waitFor(() => expect(result.state.value).toBe('ready'));

  realtime.emit('staff/photos', { type: 'PhotoReviewRequested', data: { photoId: 'q' } });

  await vi.waitFor(() => expect(api.searchPhotos).toHaveBeenCalledTimes(2));
});
