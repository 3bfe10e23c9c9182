import { ApiError } from '@happy-path/api-client';
import { expect, it } from 'vitest';
import { messages } from './messages.ts';
import { onStage, photoView } from './testing.ts';
import { useRetry } from './useRetry.ts';

it('says that a photo is on its way again, or why it is not', async () => {
  const { result, api, toasts } = onStage(
    () => {},
    () => useRetry(),
  );
  api.retryPhoto.mockResolvedValueOnce({ ...photoView('p', 1), status: 'UPLOADED' });
  api.retryPhoto.mockRejectedValueOnce(new ApiError(409, { code: 'CONFLICT', message: 'It is gone.' }));

  expect((await result.retry('p'))?.status).toBe('UPLOADED');
  expect(await result.retry('p')).toBeUndefined();

  expect(toasts.toasts.value.map(({ text }) => text)).toEqual([
    messages.retry.done,
    messages.retry.refused('It is gone.'),
  ]);
  expect(result.busy.value).toBe(false);
});
