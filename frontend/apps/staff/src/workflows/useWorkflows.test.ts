import { ApiError, type WorkflowsResponse } from '@happy-path/api-client';
import { onStage } from '@happy-path/app/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useWorkflows } from './useWorkflows.ts';

const lastHour = { started: 3, running: 1, succeeded: 2, failed: 0, more: false };
const workflow = (version: string) => ({ version, share: 0, places: [], definition: {}, lastHour });
const answer = (revision: number, active: string, ...versions: string[]): WorkflowsResponse => ({
  routing: { revision, active },
  workflows: versions.map(workflow),
});
const conflict = (message: string) => new ApiError(409, { code: 'CONFLICT', message });

afterEach(() => vi.useRealTimers());

async function prepare(first: WorkflowsResponse) {
  const stage = onStage(
    ({ api }) => void api.getWorkflows.mockResolvedValue(first),
    () => useWorkflows(),
  );
  await vi.waitFor(() => expect(stage.result.state.value).toBe('ready'));
  const { routing } = stage.result;
  if (!routing.value) throw new Error('Expected a routing');
  return { ...stage, upon: routing.value };
}

describe('useWorkflows', () => {
  it('shows what is deployed and what the routing names', async () => {
    const { result } = await prepare(answer(1, 'v5', 'v2', 'v1'));

    expect(result.versions.value.map(({ version, workflow }) => [version, workflow !== undefined])).toEqual([
      ['v1', true],
      ['v2', true],
      ['v5', false],
    ]);
  });

  it('decides upon the revision that was shown, and reads again', async () => {
    const { result, api, upon } = await prepare(answer(7, 'v1', 'v1', 'v2'));
    api.changeRouting.mockResolvedValue({ revision: 8, active: 'v2' });
    api.getWorkflows.mockResolvedValue(answer(8, 'v2', 'v1', 'v2'));

    const decided = await result.decide({ what: 'activate', version: 'v2' }, upon);

    expect(decided).toEqual({ done: true });
    expect(api.changeRouting).toHaveBeenCalledExactlyOnceWith({ active: 'v2', revision: 7 });
    expect(result.routing.value?.active).toBe('v2');
    expect(result.deciding.value).toBe(false);
  });

  it('reads again and says so when somebody else was faster', async () => {
    const { result, api, upon } = await prepare(answer(7, 'v1', 'v1', 'v2'));
    api.changeRouting.mockRejectedValue(conflict('Expected revision 8 of the routing, got 7.'));
    api.getWorkflows.mockResolvedValue(answer(8, 'v3', 'v1', 'v2'));

    const decided = await result.decide({ what: 'activate', version: 'v2' }, upon);

    expect(decided).toEqual({ done: false, why: expect.stringContaining('Somebody else has just changed') });
    expect(result.routing.value?.active).toBe('v3');
  });

  it('passes on why the server refused when nobody else was', async () => {
    const { result, api, upon } = await prepare(answer(7, 'v1', 'v1', 'v2'));
    api.changeRouting.mockRejectedValue(conflict('Expected versions that are deployed (v1), got v2.'));

    const decided = await result.decide({ what: 'activate', version: 'v2' }, upon);

    expect(decided).toEqual({ done: false, why: 'Expected versions that are deployed (v1), got v2.' });
  });

  it('keeps the counts fresh while somebody looks, and stops with the view', async () => {
    vi.useFakeTimers();
    const { api, unmount } = onStage(
      ({ api }) => void api.getWorkflows.mockResolvedValue(answer(1, 'v1', 'v1')),
      () => useWorkflows(),
    );

    await vi.advanceTimersByTimeAsync(5_100);
    expect(api.getWorkflows).toHaveBeenCalledTimes(2);
    unmount();
    await vi.advanceTimersByTimeAsync(20_000);

    expect(api.getWorkflows).toHaveBeenCalledTimes(2);
  });
});
