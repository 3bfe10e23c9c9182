import { describe, expect, it, vi } from 'vitest';
import { changeRoutingRequest, routingView } from '#contracts/api/workflows.ts';
import type { Routing } from '#contracts/tables/items.ts';
import type { RoutingStore } from '../../stores/routing-store.ts';
import { later, sampleId, time } from '../../testing/samples.ts';
import { changeRouting } from './change-routing.ts';

/** A routing item that answers as the table does. */
function prepare(start: Routing = { active: 'v1', revision: 0 }, registered = ['v1', 'v2', 'v3']) {
  let stored = start;
  const routing: RoutingStore = {
    get: async () => stored,
    replace: async (next) => {
      if (next.revision !== stored.revision + 1) return false;
      stored = next;
      return true;
    },
  };
  const registry = {
    list: async () => registered.map((version) => ({ version, stateMachineArn: `arn:${version}` })),
  };
  const change = (body: object) =>
    changeRouting({ routing, registry, now: () => later(0) })({ body: changeRoutingRequest.parse(body) });
  return { routing, change, stored: () => stored };
}

describe('changeRouting', () => {
  it('writes the whole decision with what held before, and answers it', async () => {
    const { change, stored } = prepare();
    const canary = { version: 'v3', percent: 10 };
    const first = await change({ active: 'v2', revision: 0 });
    const second = await change({ active: 'v2', canary, places: { [sampleId(1)]: 'v1' }, revision: 1 });
    expect(first).toEqual({ active: 'v2', revision: 1, changedAt: time, previous: { active: 'v1' } });
    expect(second).toEqual({
      active: 'v2',
      canary,
      places: { [sampleId(1)]: 'v1' },
      revision: 2,
      changedAt: time,
      previous: { active: 'v2' },
    });
    expect(stored()).toEqual(second);
    expect(routingView.parse(second)).toEqual(second);
  });

  it('lets one of two admins win who decide upon the same revision', async () => {
    const { change, stored } = prepare();
    const answers = await Promise.allSettled(['v2', 'v3'].map((active) => change({ active, revision: 0 })));
    const [won, lost] = answers.toSorted((a, b) => a.status.localeCompare(b.status));
    expect(won).toMatchObject({ status: 'fulfilled', value: { revision: 1 } });
    expect(lost).toMatchObject({
      reason: { code: 'CONFLICT', message: expect.stringContaining('revision 1') },
    });
    expect(stored().revision).toBe(1);
  });

  it('refuses a decision upon what no longer holds before it asks anybody else', async () => {
    const { change } = prepare({ active: 'v2', revision: 5 });
    await expect(change({ active: 'v3', revision: 4 })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each([
    [{ active: 'v9' }, 'v9'],
    [{ active: 'v1', canary: { version: 'v8', percent: 1 } }, 'v8'],
    [{ active: 'v1', places: { [sampleId(1)]: 'v7', [sampleId(2)]: 'v7' } }, 'v7'],
  ])('refuses %o, for that version is not deployed, and names those that are', async (routes, missing) => {
    const { change, stored } = prepare();
    await expect(change({ ...routes, revision: 0 })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(`\\(v1, v2, v3\\), got ${missing}\\.`),
    });
    expect(stored().revision).toBe(0);
  });

  it('refuses every version while none is deployed', async () => {
    const { change } = prepare(undefined, []);
    await expect(change({ active: 'v2', revision: 0 })).rejects.toThrow('(none is)');
  });

  it('refuses a canary of the active version', async () => {
    const { change } = prepare();
    const same = change({ active: 'v2', canary: { version: 'v2', percent: 10 }, revision: 0 });
    await expect(same).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('drops a canary without a share and overrides of no place', async () => {
    const { change } = prepare();
    const changed = await change({
      active: 'v2',
      canary: { version: 'v2', percent: 0 },
      places: {},
      revision: 0,
    });
    expect(changed).toMatchObject({ active: 'v2' });
    expect(changed).not.toHaveProperty('canary');
    expect(changed).not.toHaveProperty('places');
  });

  it('changes nothing when the same is decided again, so that a rollback still leads back', async () => {
    const { change, routing } = prepare();
    const first = await change({ active: 'v2', revision: 0 });
    const replace = vi.spyOn(routing, 'replace');
    expect(await change({ active: 'v2', revision: 1 })).toEqual(first);
    expect(replace).not.toHaveBeenCalled();
  });
});
