import { onStage, order } from '@happy-path/app/testing';
import { expect, it, vi } from 'vitest';
import { useOrderNews } from './useOrderNews.ts';

const stage = () =>
  onStage(
    ({ user }) => {
      user.value = { id: 'u1', groups: [] };
    },
    () => {
      useOrderNews();
      return true;
    },
  );

it('says that an order is ready wherever the guest is in the app, and says it once', async () => {
  const { api, realtime, toasts } = stage();
  api.orders.order.mockResolvedValue(order('news-1', { status: 'PREPARED', number: 4 }));

  realtime.emit('users/u1', { type: 'PreparationCompleted', data: { orderId: 'news-1' } });
  realtime.emit('users/u1', { type: 'PreparationCompleted', data: { orderId: 'news-1' } });

  await vi.waitFor(() => expect(api.orders.order).toHaveBeenCalledTimes(2));
  await vi.waitFor(() => expect(toasts.toasts.value).toHaveLength(1));
  expect(toasts.toasts.value[0]?.text).toContain('Number 4');
});

it('leaves the steps between to the page of the order', async () => {
  const { api, realtime } = stage();

  realtime.emit('users/u1', { type: 'OrderQueued', data: { orderId: 'news-2' } });
  realtime.emit('users/u1', { type: 'PhotoPublished', data: { photoId: 'p' } });

  await Promise.resolve();
  expect(api.orders.order).not.toHaveBeenCalled();
});

it('shows a notification only where it was allowed before and nobody looks', async () => {
  const shown = vi.fn();
  const Notifications = Object.assign(shown, { permission: 'granted' });
  vi.stubGlobal('Notification', Notifications);
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  const { api, realtime } = stage();
  api.orders.order.mockResolvedValue(order('news-3', { status: 'PREPARED', number: 5 }));

  realtime.emit('users/u1', { type: 'PreparationCompleted', data: { orderId: 'news-3' } });

  await vi.waitFor(() =>
    expect(shown).toHaveBeenCalledWith('Happy Path', expect.objectContaining({ tag: 'news-3' })),
  );
  vi.unstubAllGlobals();
});
