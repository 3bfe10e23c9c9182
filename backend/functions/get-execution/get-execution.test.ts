import { describe, expect, it } from 'vitest';
import { type Execution, executionView } from '#contracts/api/executions.ts';
import { MemoryPhotoStore } from '../../testing/memory-photo-store.ts';
import { photo, photoId, photoIn, time } from '../../testing/samples.ts';
import { getExecution } from './get-execution.ts';

const executionId = 'arn:aws:states:eu-central-1:1:execution:happy-path-dev-v3:e1';
const execution: Execution = {
  name: 'e1',
  status: 'RUNNING',
  startedAt: time,
  input: { photoId: 'p' },
  definition: { StartAt: 'Claim Photo' },
  visits: [],
};

describe('getExecution', () => {
  const taken = new MemoryPhotoStore(photoIn('PUBLISHED', { workflow: 'v3', executionId }));
  const read = (photos: MemoryPhotoStore, found: Execution | undefined) =>
    getExecution({ photos, readExecution: async (arn) => (arn === executionId ? found : undefined) })({
      path: { photoId },
    });

  it('shows the execution that the photo was taken by', async () => {
    const view = await read(taken, execution);
    expect(executionView.parse(view)).toEqual(view);
    expect(view).toEqual({ photoId, workflow: 'v3', ...execution });
  });

  it.each([
    ['there is no such photo', new MemoryPhotoStore(), execution, 'none with this id'],
    ['no workflow has taken it', new MemoryPhotoStore(photo()), execution, 'yet'],
    ['its history is gone', taken, undefined, 'no longer kept'],
  ])('says in words that %s', async (_what, photos, found, words) => {
    await expect(read(photos, found)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining(words),
    });
  });
});
