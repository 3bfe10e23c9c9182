import { OfflineError } from '@happy-path/api-client';
import { onStage, place, type Stage } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { type UsePlacesOptions, usePlaces } from './usePlaces.ts';

const yosemite = place('yosemite', 37.86, -119.54, { name: 'Yosemite Valley' });
const muir = place('muir', 37.89, -122.57, { name: 'Muir Woods', distance: 268_000 });
const cafe = place('cafe', 37.74, -119.6, { name: 'Yosemite Café', type: 'cafe' });
const here = { lat: 37.7749295, lng: -122.4194155 };

function prepare(options: UsePlacesOptions, play: (stage: Stage) => void) {
  const stage = onStage(play, () => usePlaces(options));
  const ids = () => stage.result.items.value.map(({ placeId }) => placeId);
  const queries = () => stage.api.listPlaces.mock.calls.map(([query]) => query);
  return { ...stage, ids, queries };
}
const answering =
  (...items: (typeof muir)[]) =>
  ({ api }: Stage) =>
    void api.listPlaces.mockResolvedValue({ items });

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('places', () => {
  it('are all of them while nobody knows where near is', async () => {
    const { result, ids, queries } = prepare({}, answering(yosemite, muir));

    await vi.waitFor(() => expect(ids()).toEqual(['yosemite', 'muir']));

    expect(queries()).toEqual([{ type: undefined, limit: 100, cursor: undefined }]);
    expect(result.scope.value).toBe('all');
    expect(result.items.value[0]).not.toHaveProperty('distance');
  });

  it('are the ones near, nearest first, asked for by the kilometre and measured by the metre', async () => {
    const { result, ids, queries } = prepare({ near: here, type: 'park' }, answering(yosemite, muir));

    await vi.waitFor(() => expect(ids()).toEqual(['muir', 'yosemite']));

    expect(queries()).toEqual([
      { near: { lat: 37.77, lng: -122.42 }, radius: 300_000, type: 'park', limit: 100, cursor: undefined },
    ]);
    expect(result.scope.value).toBe('near');
    expect(result.items.value[0]?.distance).toBeGreaterThan(18_000);
    expect(result.items.value[0]?.distance).toBeLessThan(19_000);
  });

  it('are all of them where nothing is near', async () => {
    const { result, ids } = prepare({ near: { lat: 52.5, lng: 13.4 } }, ({ api }) => {
      api.listPlaces.mockResolvedValueOnce({ items: [] }).mockResolvedValueOnce({ items: [yosemite] });
    });

    await vi.waitFor(() => expect(ids()).toEqual(['yosemite']));

    expect(result.scope.value).toBe('all');
  });

  it('change when the visitor turns out to be somewhere', async () => {
    const near = ref<typeof here>();
    const { queries } = prepare({ near }, answering(yosemite, muir));

    near.value = here;
    await nextTick();
    near.value = { lat: here.lat - 0.0001, lng: here.lng };
    await nextTick();

    expect(queries().map((query) => query?.near)).toEqual([undefined, { lat: 37.77, lng: -122.42 }]);
  });

  it('are found by name once the typing rests', async () => {
    const search = ref('');
    const { result, queries } = prepare({ near: here, search }, answering(yosemite));
    await vi.waitFor(() => expect(result.state.value).toBe('ready'));

    search.value = 'Yo';
    await nextTick();
    await vi.advanceTimersByTimeAsync(200);
    search.value = ' Yos ';
    await vi.advanceTimersByTimeAsync(249);
    expect(queries()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);

    expect(queries()[1]).toEqual({ q: 'Yos', type: undefined, limit: 100, cursor: undefined });
    await vi.waitFor(() => expect(result.scope.value).toBe('search'));
    expect(result.items.value[0]?.distance).toBeGreaterThan(0);
  });

  it('are none when the name is unknown', async () => {
    const { result } = prepare({ search: 'zzz' }, answering());

    await vi.waitFor(() => expect(result.state.value).toBe('empty'));
  });

  it('go on page by page within what they are', async () => {
    const { result, ids, queries } = prepare({ near: here }, ({ api }) => {
      api.listPlaces.mockResolvedValueOnce({ items: [muir], nextCursor: 'c' });
      api.listPlaces.mockResolvedValueOnce({ items: [yosemite] });
    });
    await vi.waitFor(() => expect(ids()).toEqual(['muir']));

    await result.loadMore();

    expect(ids()).toEqual(['muir', 'yosemite']);
    expect(queries()[1]).toMatchObject({ near: { lat: 37.77, lng: -122.42 }, cursor: 'c' });
  });
});

describe('places without reception', () => {
  const offline = ({ api }: Stage) => void api.listPlaces.mockRejectedValue(new OfflineError());

  it('are the ones seen last, with the distance from here', async () => {
    const before = prepare({}, answering(muir, yosemite, cafe));
    await vi.waitFor(() => expect(before.ids()).toHaveLength(3));

    const { result, ids } = prepare({ near: { lat: 37.86, lng: -119.54 } }, offline);

    await vi.waitFor(() => expect(ids()).toEqual(['yosemite', 'cafe', 'muir']));
    expect(result.stale.value).toBe(true);
    expect(result.items.value[0]?.distance).toBe(0);
  });

  it('can be searched and chosen by their type', async () => {
    const before = prepare({}, answering(muir, yosemite, cafe));
    await vi.waitFor(() => expect(before.ids()).toHaveLength(3));

    const { ids } = prepare({ search: 'yos', type: 'cafe' }, offline);

    await vi.waitFor(() => expect(ids()).toEqual(['cafe']));
  });

  it('are an error when none was ever seen, and come when reception is back', async () => {
    const { result, api, setOnline, ids } = prepare({}, offline);
    await vi.waitFor(() => expect(result.error.value?.kind).toBe('offline'));
    api.listPlaces.mockResolvedValue({ items: [muir] });

    setOnline(false);
    setOnline(true);

    await vi.waitFor(() => expect(ids()).toEqual(['muir']));
    expect(result.stale.value).toBe(false);
  });

  it('are read anew when reception is back', async () => {
    const before = prepare({}, answering(muir));
    await vi.waitFor(() => expect(before.ids()).toHaveLength(1));
    const { result, api, setOnline, ids } = prepare({}, offline);
    await vi.waitFor(() => expect(result.stale.value).toBe(true));
    api.listPlaces.mockResolvedValue({ items: [muir, cafe] });

    setOnline(false);
    setOnline(true);

    await vi.waitFor(() => expect(ids()).toEqual(['muir', 'cafe']));
  });
});
