import { ApiError } from '@happy-path/api-client';
import { describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { onStage, photoView } from './testing.ts';
import { usePhoto } from './usePhoto.ts';

async function prepare() {
  const stage = onStage(
    ({ api }) => api.getPhoto.mockResolvedValue(photoView('p', 1)),
    () => usePhoto('p'),
  );
  await vi.waitFor(() => expect(stage.result.state.value).toBe('ready'));
  return stage;
}

describe('usePhoto', () => {
  it('reads the photo again for whoever signs in, because it may be theirs', async () => {
    const { result, api, user } = await prepare();
    api.getPhoto.mockResolvedValue({ ...photoView('p', 1), mine: true });

    user.value = { id: 'u1', groups: [] };
    await nextTick();

    await vi.waitFor(() => expect(result.photo.value?.mine).toBe(true));
  });

  it('hears that the photo was deleted while somebody looks at it', async () => {
    const { result, api, realtime } = await prepare();
    api.getPhoto.mockRejectedValue(new ApiError(404, { code: 'NOT_FOUND', message: 'It was deleted.' }));

    realtime.emit('places/place', { type: 'PhotoDeleted', data: { photoId: 'another' } });
    realtime.emit('places/place', { type: 'PhotoDeleted', data: { photoId: 'p' } });

    await vi.waitFor(() => expect(result.error.value?.kind).toBe('not-found'));
    expect(result.photo.value).toBeUndefined();
    expect(api.getPhoto).toHaveBeenCalledTimes(2);
  });

  it('deletes the photo, or says why not', async () => {
    const { result, api } = await prepare();
    api.deletePhoto.mockResolvedValueOnce();
    await result.remove();
    expect(api.deletePhoto).toHaveBeenCalledWith('p');

    api.deletePhoto.mockRejectedValueOnce(new ApiError(403, { code: 'FORBIDDEN', message: 'Not yours.' }));
    await expect(result.remove()).rejects.toThrow('Not yours.');
  });
});
