import { ApiError, type ExecutionView } from '@happy-path/api-client';
import { useServices } from '@happy-path/app';
import { onStage, type Stage } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useExecution } from './useExecution.ts';

const execution = (more: Partial<ExecutionView> = {}): ExecutionView => ({
  photoId: 'p1',
  workflow: 'v1',
  name: 'one',
  status: 'RUNNING',
  startedAt: '2026-06-01T12:00:00.000Z',
  input: {},
  definition: {
    StartAt: 'Check',
    States: { Check: { Type: 'Pass', Next: 'Done' }, Done: { Type: 'Succeed' } },
  },
  visits: [],
  ...more,
});
const ended = execution({ status: 'SUCCEEDED', stoppedAt: '2026-06-01T12:00:01.000Z' });
const missing = new ApiError(404, { code: 'NOT_FOUND', message: 'No workflow has taken this photo yet.' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function look(prepare: (stage: Stage) => void) {
  const stage = onStage(
    (stage) => {
      stage.user.value = { id: 'u1', groups: ['rangers'] };
      prepare(stage);
    },
    () => {
      const { api } = useServices();
      return useExecution('p1', {
        read: (id, signal) => api.getExecution(id, { signal }),
        hears: { staff: true },
      });
    },
  );
  await vi.advanceTimersByTimeAsync(0);
  return stage;
}

describe('useExecution', () => {
  it('follows a running execution each second, until it has ended', async () => {
    const { result, api } = await look(({ api }) => {
      api.getExecution.mockResolvedValueOnce(execution()).mockResolvedValue(ended);
    });
    expect(result.running.value).toBe(true);

    await vi.advanceTimersByTimeAsync(1000);
    expect(result.execution.value?.status).toBe('SUCCEEDED');
    await vi.advanceTimersByTimeAsync(60_000);

    expect(api.getExecution).toHaveBeenCalledTimes(2);
  });

  it('reads an ended one again when the photo is told of', async () => {
    const { api, realtime } = await look(({ api }) => api.getExecution.mockResolvedValue(ended));

    realtime.emit('staff/photos', { type: 'PhotoFailed', journeyId: 'another' });
    realtime.emit('staff/photos', { type: 'PhotoFailed', journeyId: 'p1' });
    await vi.advanceTimersByTimeAsync(0);

    expect(api.getExecution).toHaveBeenCalledTimes(2);
  });

  it('goes on looking for one that has not begun', async () => {
    const { result } = await look(({ api }) => {
      api.getExecution.mockRejectedValueOnce(missing).mockResolvedValue(ended);
    });
    expect(result.error.value).toEqual({ kind: 'not-found', message: missing.message });

    await vi.advanceTimersByTimeAsync(3000);

    expect(result.execution.value).toEqual(ended);
  });

  it('leaves a server alone that refuses for good', async () => {
    const { api } = await look(({ api }) =>
      api.getExecution.mockRejectedValue(new ApiError(403, { code: 'FORBIDDEN', message: 'No.' })),
    );

    await vi.advanceTimersByTimeAsync(60_000);

    expect(api.getExecution).toHaveBeenCalledTimes(1);
  });

  it('lays the graph out once for as long as the definition stays', async () => {
    const { result } = await look(({ api }) => api.getExecution.mockImplementation(async () => execution()));
    const first = result.drawn.value;
    expect(first?.layout.nodes.map(({ node }) => node.id)).toEqual(['(start)', 'Check', 'Done']);

    await vi.advanceTimersByTimeAsync(1000);

    expect(result.drawn.value).toBe(first);
  });

  it('shows what happened even where the definition cannot be drawn', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { result } = await look(({ api }) =>
      api.getExecution.mockResolvedValue(execution({ definition: { States: {} } })),
    );

    expect(result.drawn.value).toBeUndefined();
    expect(result.execution.value?.name).toBe('one');
  });

  it('stops with the view', async () => {
    const { api, unmount } = await look(({ api }) => api.getExecution.mockResolvedValue(execution()));

    unmount();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(api.getExecution).toHaveBeenCalledTimes(1);
  });
});
