import { ApiError, OfflineError, type PhotoView } from '@happy-path/api-client';
import { onStage, photoView } from '@happy-path/app/testing';
import { describe, expect, it, vi } from 'vitest';
import { messages } from '../messages.ts';
import { useFailed } from './useFailed.ts';

const failed = (photoId: string, reason = 'WORKFLOW_FAILED'): PhotoView => ({
  ...photoView(photoId, 1),
  status: 'FAILED',
  reason,
  retryable: true,
});
const sentAgain = async (photoId: string): Promise<PhotoView> => ({ ...failed(photoId), status: 'UPLOADED' });

async function prepare(...photos: PhotoView[]) {
  const stage = onStage(
    ({ api, user }) => {
      user.value = { id: 'r1', groups: ['rangers'] };
      api.searchPhotos.mockResolvedValue({ items: photos });
      api.retryPhoto.mockImplementation(sentAgain);
    },
    () => useFailed(),
  );
  await vi.waitFor(() => expect(stage.result.state.value).not.toBe('loading'));
  const ids = () => stage.result.items.value.map(({ photoId }) => photoId);
  const sent = () => stage.api.retryPhoto.mock.calls.map(([photoId]) => photoId);
  const toasts = () => stage.toasts.toasts.value.map(({ text }) => text);
  return { ...stage, ids, sent, toasts };
}

describe('failed photos', () => {
  it('stand together by reason, in an order that stays', async () => {
    const { result } = await prepare(failed('b'), failed('a', 'ATTEMPTS_EXHAUSTED'), failed('c'));

    expect(result.groups.value.map(({ reason, photos }) => [reason, photos.length])).toEqual([
      ['ATTEMPTS_EXHAUSTED', 1],
      ['WORKFLOW_FAILED', 2],
    ]);
  });

  it('come by themselves, and go when somebody else has sent them again', async () => {
    const { api, realtime, ids } = await prepare(failed('a'));
    api.searchPhotos.mockResolvedValue({ items: [failed('b'), failed('a')] });

    realtime.emit('staff/photos', { type: 'PhotoFailed', data: { photoId: 'b' } });
    await vi.waitFor(() => expect(ids()).toEqual(['b', 'a']));
    realtime.emit('staff/photos', { type: 'PhotoPublished', data: { photoId: 'a' } });

    expect(ids()).toEqual(['b']);
  });

  it('leave the list one by one', async () => {
    const { result, ids, toasts } = await prepare(failed('a'), failed('b'));

    await result.retry('a');

    expect(ids()).toEqual(['b']);
    expect(toasts()).toEqual([messages.retry.done]);
  });

  it('say why they cannot be sent again', async () => {
    const { result, api, ids } = await prepare(failed('a'));
    const message = 'The original is not kept any more.';
    api.retryPhoto.mockRejectedValueOnce(new ApiError(409, { code: 'CONFLICT', message }));

    await result.retry('a');

    expect(ids()).toEqual(['a']);
    expect(result.refusals.value.get('a')).toBe(message);
    expect(result.count.value).toBe(0);
  });
});

describe('all failed photos', () => {
  it('are sent again one after the other, page by page, but for those that cannot', async () => {
    const { result, api, sent, ids, toasts } = await prepare();
    api.searchPhotos.mockImplementation(async ({ cursor }) =>
      cursor === undefined
        ? { items: [failed('a'), failed('b')], nextCursor: 'more' }
        : { items: [failed('c')] },
    );
    await result.refresh();
    api.retryPhoto.mockImplementation(async (photoId) => {
      if (photoId === 'b') throw new ApiError(409, { code: 'CONFLICT', message: 'Gone.' });
      return sentAgain(photoId);
    });

    await result.run.start();

    expect(sent()).toEqual(['a', 'b', 'c']);
    expect(ids()).toEqual(['b']);
    expect(toasts()).toEqual([messages.failed.done(2)]);
    expect(result.run.progress.value).toBeUndefined();
  });

  it('wait while the run is paused, and none is sent twice when it goes on', async () => {
    const { result, api, sent } = await prepare(failed('a'), failed('b'));
    const answers: (() => void)[] = [];
    api.retryPhoto.mockImplementation(
      (photoId) => new Promise((resolve) => answers.push(() => resolve(sentAgain(photoId)))),
    );

    const run = result.run.start();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    result.run.pause();
    const resumed = result.run.resume();
    result.run.pause();
    answers[0]?.();
    await run;
    expect(sent()).toEqual(['a']);
    expect(result.run.progress.value).toEqual({ state: 'paused', done: 1 });

    const rest = result.run.resume();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await Promise.all([resumed, rest]);
    expect(sent()).toEqual(['a', 'b']);
  });

  it('pause by themselves when the network goes', async () => {
    const { result, api, ids, toasts } = await prepare(failed('a'));
    api.retryPhoto.mockRejectedValueOnce(new OfflineError());

    await result.run.start();

    expect(ids()).toEqual(['a']);
    expect(result.run.progress.value?.state).toBe('paused');
    expect(toasts()).toEqual([messages.retry.refused(messages.errors.offline)]);
  });
});
