import { ApiError, type PhotoView } from '@happy-path/api-client';
import { onStage } from '@happy-path/app/testing';
import { describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { useMyPhotos } from './useMyPhotos.ts';

const mine = (photoId: string, status: PhotoView['status'] = 'PUBLISHED'): PhotoView => ({
  photoId,
  placeId: 'place',
  journeyId: photoId,
  createdAt: '',
  retryable: false,
  mine: true,
  status,
});
const user = { id: 'u1', groups: [] };

async function prepare() {
  const stage = onStage(({ api, user: signedIn }) => {
    signedIn.value = user;
    api.listMyPhotos.mockResolvedValue({ items: [mine('4'), mine('2'), mine('1', 'PROCESSING')] });
  }, useMyPhotos);
  await vi.waitFor(() => expect(stage.result.state.value).toBe('ready'));
  const shown = () => stage.result.items.value.map(({ photoId, status }) => `${photoId} ${status}`);
  return { ...stage, shown };
}

describe('my photos', () => {
  it('ask to sign in when nobody is, and are read once somebody does', async () => {
    const {
      result,
      api,
      user: signedIn,
    } = onStage(({ api }) => {
      api.listMyPhotos.mockRejectedValue(new ApiError(401, { code: 'UNAUTHENTICATED', message: 'Sign in.' }));
    }, useMyPhotos);
    await vi.waitFor(() => expect(result.error.value?.kind).toBe('sign-in'));
    api.listMyPhotos.mockResolvedValue({ items: [] });

    signedIn.value = user;
    await nextTick();

    await vi.waitFor(() => expect(result.state.value).toBe('empty'));
  });

  it('change as the workflow goes on', async () => {
    const { api, realtime, shown } = await prepare();
    api.getPhoto.mockResolvedValue(mine('1', 'REJECTED'));

    realtime.emit('users/u1', { type: 'PhotoRejected', data: { photoId: '1' } });

    await vi.waitFor(() => expect(shown()).toEqual(['4 PUBLISHED', '2 PUBLISHED', '1 REJECTED']));
  });

  it('gain what was just sent, in its place', async () => {
    const { api, realtime, shown } = await prepare();
    api.getPhoto.mockResolvedValue(mine('3', 'UPLOADED'));

    realtime.emit('users/u1', { type: 'PhotoUploaded', data: { photoId: '3' } });

    await vi.waitFor(() =>
      expect(shown()).toEqual(['4 PUBLISHED', '3 UPLOADED', '2 PUBLISHED', '1 PROCESSING']),
    );
  });

  it('lose what was deleted elsewhere', async () => {
    const { realtime, shown } = await prepare();

    realtime.emit('users/u1', { type: 'PhotoDeleted', data: { photoId: '4' } });

    expect(shown()).toEqual(['2 PUBLISHED', '1 PROCESSING']);
  });

  it('go at once when deleted here', async () => {
    const { result, api, shown } = await prepare();
    api.deletePhoto.mockReturnValue(new Promise(() => {}));

    void result.remove('2');

    expect(shown()).toEqual(['4 PUBLISHED', '1 PROCESSING']);
    expect(api.deletePhoto).toHaveBeenCalledWith('2');
  });

  it('come back to their place when deleting fails', async () => {
    const { result, api, realtime, shown } = await prepare();
    const forbidden = new ApiError(403, { code: 'FORBIDDEN', message: 'No.' });
    api.deletePhoto.mockImplementation(async () => {
      realtime.emit('users/u1', { type: 'PhotoDeleted', data: { photoId: '4' } });
      throw forbidden;
    });

    await expect(result.remove('2')).rejects.toBe(forbidden);

    expect(shown()).toEqual(['2 PUBLISHED', '1 PROCESSING']);
  });
});
