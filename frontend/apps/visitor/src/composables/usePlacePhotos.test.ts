import { OfflineError } from '@happy-path/api-client';
import { onStage, photoView, publicPhoto, type Stage } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { usePlacePhotos } from './usePlacePhotos.ts';

const minutes: Record<string, number> = { z: 9, a: 5, b: 4, c: 3, d: 2, e: 1 };
const photo = (id: string) => publicPhoto(id, minutes[id] ?? 0);
const page = (ids: string, nextCursor?: string) => ({
  items: [...ids].map(photo),
  ...(nextCursor !== undefined && { nextCursor }),
});

function prepare(
  play: (stage: Stage) => void = ({ api }) => api.listPlacePhotos.mockResolvedValue(page('abc')),
) {
  const placeId = ref('place');
  const stage = onStage(play, () => usePlacePhotos(placeId));
  const ids = () => stage.result.items.value.map(({ photoId }) => photoId).join('');
  return { ...stage, placeId, ids };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('paging', () => {
  it('reads page after page to the end', async () => {
    const { result, api, ids } = prepare(({ api }) => {
      api.listPlacePhotos.mockResolvedValueOnce(page('ab', '1')).mockResolvedValueOnce(page('cd'));
    });
    expect(result.state.value).toBe('loading');
    await vi.waitFor(() => expect(ids()).toBe('ab'));
    expect(result.end.value).toBe(false);

    const more = result.loadMore();
    expect(result.loadingMore.value).toBe(true);
    await more;

    expect(ids()).toBe('abcd');
    expect(result.end.value).toBe(true);
    expect(result.loadingMore.value).toBe(false);
    expect(api.listPlacePhotos.mock.calls.map((call) => call[1])).toEqual([
      { limit: 24, cursor: undefined },
      { limit: 24, cursor: '1' },
    ]);
    await result.loadMore();
    expect(api.listPlacePhotos).toHaveBeenCalledTimes(2);
  });

  it('asks for the next page once, however often the end of the list is scrolled to', async () => {
    const { result, api, ids } = prepare(({ api }) => {
      api.listPlacePhotos.mockResolvedValueOnce(page('ab', '1')).mockResolvedValueOnce(page('cd'));
    });
    await vi.waitFor(() => expect(ids()).toBe('ab'));

    await Promise.all([result.loadMore(), result.loadMore()]);

    expect(api.listPlacePhotos).toHaveBeenCalledTimes(2);
  });

  it('keeps what is there when the next page fails, and can be asked again', async () => {
    const { result, ids } = prepare(({ api }) => {
      api.listPlacePhotos.mockResolvedValueOnce(page('ab', '1')).mockRejectedValueOnce(new OfflineError());
      api.listPlacePhotos.mockResolvedValueOnce(page('cd'));
    });
    await vi.waitFor(() => expect(ids()).toBe('ab'));

    await result.loadMore();
    expect(result.moreError.value?.kind).toBe('offline');
    expect(result.state.value).toBe('ready');
    await result.loadMore();

    expect(ids()).toBe('abcd');
    expect(result.moreError.value).toBeUndefined();
  });

  it('is empty, not loading, where there are no photos yet', async () => {
    const { result } = prepare(({ api }) => api.listPlacePhotos.mockResolvedValue(page('')));

    await vi.waitFor(() => expect(result.state.value).toBe('empty'));

    expect(result.end.value).toBe(true);
  });

  it('starts over for another place', async () => {
    const { result, placeId, api, ids } = prepare();
    await vi.waitFor(() => expect(ids()).toBe('abc'));
    const answer = Promise.withResolvers<ReturnType<typeof page>>();
    api.listPlacePhotos.mockReturnValue(answer.promise);

    placeId.value = 'other';
    await nextTick();
    expect(result.state.value).toBe('loading');
    answer.resolve(page('de'));

    await vi.waitFor(() => expect(ids()).toBe('de'));
    expect(api.listPlacePhotos.mock.lastCall?.[0]).toBe('other');
  });
});

describe('what happens meanwhile', () => {
  it("lets somebody else's photo appear by itself, with a highlight that fades", async () => {
    const { result, api, realtime, ids } = prepare();
    await vi.waitFor(() => expect(ids()).toBe('abc'));
    api.getPhoto.mockResolvedValue(photoView('z', 9));

    realtime.emit('places/place', { type: 'PhotoPublished', data: { photoId: 'z' } });

    await vi.waitFor(() => expect(ids()).toBe('zabc'));
    expect([...result.highlighted.value]).toEqual(['z']);
    expect(result.items.value[0]).toEqual(photo('z'));
    await vi.advanceTimersByTimeAsync(6000);
    expect([...result.highlighted.value]).toEqual([]);
  });

  it('shows a photo once, however often the message comes', async () => {
    const { api, realtime, ids } = prepare();
    await vi.waitFor(() => expect(ids()).toBe('abc'));
    api.getPhoto.mockResolvedValue(photoView('b', 4));

    realtime.emit('places/place', { type: 'PhotoPublished', data: { photoId: 'b' } });
    await vi.advanceTimersByTimeAsync(0);

    expect(ids()).toBe('abc');
  });

  it('lets a deleted photo go', async () => {
    const { realtime, ids } = prepare();
    await vi.waitFor(() => expect(ids()).toBe('abc'));

    realtime.emit('places/place', { type: 'PhotoDeleted', data: { photoId: 'b' } });

    expect(ids()).toBe('ac');
  });

  it('reads the list when the new photo itself cannot be read', async () => {
    const { api, realtime, ids } = prepare();
    await vi.waitFor(() => expect(ids()).toBe('abc'));
    api.getPhoto.mockRejectedValue(new OfflineError());
    api.listPlacePhotos.mockResolvedValue(page('zabc'));

    realtime.emit('places/place', { type: 'PhotoPublished', data: { photoId: 'z' } });

    await vi.waitFor(() => expect(ids()).toBe('zabc'));
  });

  it('reads once after the channel was away, and keeps the pages below', async () => {
    const { result, api, realtime, ids } = prepare(({ api }) => {
      api.listPlacePhotos.mockResolvedValueOnce(page('abc', '1')).mockResolvedValueOnce(page('de'));
    });
    await vi.waitFor(() => expect(ids()).toBe('abc'));
    await result.loadMore();
    api.listPlacePhotos.mockResolvedValue(page('zac', '1'));

    realtime.setState('offline');
    realtime.setState('online');

    await vi.waitFor(() => expect(ids()).toBe('zacde'));
    expect(api.listPlacePhotos).toHaveBeenCalledTimes(3);
  });

  it('reads again after the first read when the channel comes up during it', async () => {
    const answer = Promise.withResolvers<ReturnType<typeof page>>();
    const { result, api, realtime, ids } = prepare(({ api }) =>
      api.listPlacePhotos.mockReturnValueOnce(answer.promise),
    );
    api.listPlacePhotos.mockResolvedValue(page('zabc'));

    realtime.reconnect();
    expect(api.listPlacePhotos.mock.calls[0]?.[2]?.signal?.aborted).toBe(false);
    expect(api.listPlacePhotos).toHaveBeenCalledTimes(1);
    answer.resolve(page('abc'));

    await vi.waitFor(() => expect(result.state.value).toBe('ready'));
    await vi.waitFor(() => expect(ids()).toBe('zabc'));
    expect(api.listPlacePhotos).toHaveBeenCalledTimes(2);
  });

  it('hears the place that is shown, as long as it is shown', async () => {
    const { realtime, placeId, api, unmount } = prepare();
    expect(realtime.topics()).toEqual(['places/place']);
    api.listPlacePhotos.mockResolvedValue(page(''));

    placeId.value = 'other';
    await nextTick();
    expect(realtime.topics()).toEqual(['places/other']);

    unmount();
    expect(realtime.topics()).toEqual([]);
    realtime.reconnect();
    expect(api.listPlacePhotos).toHaveBeenCalledTimes(2);
  });
});
