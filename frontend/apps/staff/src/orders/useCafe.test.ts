import { ApiError, type Cafe, OfflineError } from '@happy-path/api-client';
import { onStage, cafe as sampleCafe } from '@happy-path/app/testing';
import { describe, expect, it, vi } from 'vitest';
import { useCafe } from './useCafe.ts';

const cafe = (revision: number, more: Partial<Cafe> = {}): Cafe =>
  sampleCafe({ menu: [], revision, capacity: 20, running: 3, ...more });
const drink = { id: 'tea', name: 'Tea', cents: 300, available: true, modifiers: [] };
const conflict = new ApiError(409, { code: 'CONFLICT', message: 'Another barista changed it.' });

async function prepare(first: Cafe = cafe(1)) {
  const stage = onStage(
    ({ api }) => void api.orders.cafe.mockResolvedValue(first),
    () => useCafe('cafe'),
  );
  await vi.waitFor(() => expect(stage.result.state.value).toBe('ready'));
  return stage;
}

describe('useCafe', () => {
  it('reads the café again when it hears of it', async () => {
    const { api, realtime, result } = await prepare();
    api.orders.cafe.mockResolvedValue(cafe(2, { isOpen: false }));

    realtime.emit('cafes/cafe', { type: 'ConfigChanged' });

    await vi.waitFor(() => expect(result.cafe.value?.isOpen).toBe(false));
  });

  it('changes it upon the revision that was shown', async () => {
    const { api, result } = await prepare();
    api.orders.changeCafe.mockResolvedValue(cafe(2, { isOpen: false }));

    const changed = await result.change({ isOpen: false }, cafe(1));

    expect(changed).toMatchObject({ done: true });
    expect(api.orders.changeCafe).toHaveBeenCalledExactlyOnceWith('cafe', { isOpen: false, revision: 1 });
    // The read that followed was behind; the answer is what holds.
    expect(result.cafe.value).toMatchObject({ isOpen: false, revision: 2 });
    expect(result.changing.value).toBe(false);
  });

  it('lets both changes hold when somebody else changed another thing', async () => {
    const { api, result } = await prepare();
    api.orders.cafe.mockResolvedValue(cafe(2, { menu: [drink] }));
    api.orders.changeCafe
      .mockRejectedValueOnce(conflict)
      .mockResolvedValueOnce(cafe(3, { capacity: 21, menu: [drink] }));

    const changed = await result.change({ capacity: 21 }, cafe(1));

    expect(changed.done).toBe(true);
    expect(api.orders.changeCafe).toHaveBeenLastCalledWith('cafe', { capacity: 21, revision: 2 });
  });

  it.each([
    [{ isOpen: false }, { isOpen: false }, 'the café is closed now and works on 20 at once.'],
    [{ capacity: 21 }, { capacity: 8 }, 'the café is open now and works on 8 at once.'],
    [{ menu: [] }, { menu: [drink] }, 'the menu is another one now.'],
  ])('says who was first when %j met %j', async (change, theirs, words) => {
    const { api, result } = await prepare();
    api.orders.cafe.mockResolvedValue(cafe(2, theirs));
    api.orders.changeCafe.mockRejectedValue(conflict);

    const changed = await result.change(change, cafe(1));

    expect(changed).toEqual({ done: false, why: expect.stringContaining(words) });
    expect(api.orders.changeCafe).toHaveBeenCalledTimes(1);
    expect(result.cafe.value).toMatchObject(theirs);
  });

  it('tells why it was not changed otherwise', async () => {
    const { api, result } = await prepare();
    api.orders.changeCafe.mockRejectedValue(new OfflineError());

    const changed = await result.change({ capacity: 21 }, cafe(1));

    expect(changed).toEqual({ done: false, why: 'No network. Try again when you have reception.' });
  });
});
