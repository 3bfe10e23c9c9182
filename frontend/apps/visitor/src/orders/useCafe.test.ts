import { ApiError, OfflineError } from '@happy-path/api-client';
import { cafe, onStage } from '@happy-path/app/testing';
import { expect, it, vi } from 'vitest';
import { useCafe } from './useCafe.ts';

it('shows a café and what it changes while one looks', async () => {
  const { result, api, realtime } = onStage(
    ({ api }) => api.orders.cafe.mockResolvedValue(cafe()),
    () => useCafe('cafe'),
  );
  await vi.waitFor(() => expect(result.cafe.value?.isOpen).toBe(true));
  api.orders.cafe.mockResolvedValue(cafe({ isOpen: false, menu: [] }));

  realtime.emit('cafes/cafe', { type: 'ConfigChanged' });

  await vi.waitFor(() => expect(result.cafe.value).toMatchObject({ isOpen: false, menu: [] }));
});

it('does not read again for every order of the café', async () => {
  const { result, api, realtime } = onStage(
    ({ api }) => api.orders.cafe.mockResolvedValue(cafe()),
    () => useCafe('cafe'),
  );
  await vi.waitFor(() => expect(result.state.value).toBe('ready'));

  realtime.emit('cafes/cafe', { type: 'OrderQueued' });

  await Promise.resolve();
  expect(api.orders.cafe).toHaveBeenCalledTimes(1);
});

it('reads once when the channel was away', async () => {
  const { result, api, realtime } = onStage(
    ({ api }) => api.orders.cafe.mockResolvedValue(cafe()),
    () => useCafe('cafe'),
  );
  await vi.waitFor(() => expect(result.state.value).toBe('ready'));

  realtime.reconnect();

  await vi.waitFor(() => expect(api.orders.cafe).toHaveBeenCalledTimes(2));
});

it('says that a place takes no orders', async () => {
  const { result } = onStage(
    ({ api }) => api.orders.cafe.mockRejectedValue(new ApiError(404, { code: 'NOT_FOUND', message: 'No.' })),
    () => useCafe('park'),
  );

  await vi.waitFor(() => expect(result.error.value?.kind).toBe('not-found'));
  expect(result.cafe.value).toBeUndefined();
});

it('reads when reception is back', async () => {
  const { result, api, setOnline } = onStage(
    ({ api }) => api.orders.cafe.mockRejectedValue(new OfflineError()),
    () => useCafe('cafe'),
  );
  await vi.waitFor(() => expect(result.error.value?.kind).toBe('offline'));
  api.orders.cafe.mockResolvedValue(cafe());

  setOnline(false);
  setOnline(true);

  await vi.waitFor(() => expect(result.cafe.value?.name).toBe('Café One'));
});
