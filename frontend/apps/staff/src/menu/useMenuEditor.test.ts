import type { Cafe, Menu } from '@happy-path/api-client';
import { onStage, cafe as sampleCafe } from '@happy-path/app/testing';
import { describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import type { CafeChange, Changed } from '../orders/useCafe.ts';
import { useMenuEditor } from './useMenuEditor.ts';

const item = (id: string, more: Partial<Menu[number]> = {}) => ({
  id,
  name: id,
  cents: 300,
  available: true,
  modifiers: [],
  ...more,
});
const cafeWith = (revision: number, ...menu: Menu): Cafe => sampleCafe({ menu, revision });
const refused: Changed = { done: false, why: 'Because.' };

/** A café that takes every change, as the server does, until a test refuses it. */
function prepare(first: Cafe = cafeWith(1, item('tea'), item('latte'))) {
  const cafe = shallowRef<Cafe | undefined>(first);
  const change = vi.fn(async (fields: CafeChange, upon: Cafe): Promise<Changed> => {
    const next = { ...upon, ...(fields.menu && { menu: fields.menu }), revision: upon.revision + 1 };
    cafe.value = next;
    return { done: true, cafe: next };
  });
  const stage = onStage(
    () => {},
    () => useMenuEditor({ cafe, change }),
  );
  const draft = () => {
    if (!stage.result.draft.value) throw new Error('Expected a draft');
    return stage.result.draft.value;
  };
  const at = (index: number) => {
    const found = draft()[index];
    if (!found) throw new Error(`Expected a drink ${index}`);
    return found;
  };
  const names = () => draft().map(({ name }) => name);
  const texts = () => stage.toasts.toasts.value.map(({ text }) => text);
  return { ...stage, cafe, change, at, draft, names, texts };
}

describe('the menu editor', () => {
  it('follows the menu as long as nothing was typed', async () => {
    const { result, cafe, names } = prepare();

    cafe.value = cafeWith(2, item('mocha'));
    await nextTick();

    expect(names()).toEqual(['mocha']);
    expect(result.dirty.value).toBe(false);
  });

  it('keeps what was typed when somebody else changes the menu, and says so', async () => {
    const { result, cafe, at, names } = prepare();
    at(0).name = 'Green tea';

    cafe.value = cafeWith(2, item('mocha'));
    await nextTick();

    expect(names()).toEqual(['Green tea', 'latte']);
    expect(result.theirs.value).toBe(true);
    result.discard();
    expect(names()).toEqual(['mocha']);
    expect(result.theirs.value).toBe(false);
  });

  it('is not troubled by other changes of the café', async () => {
    const { result, cafe, at } = prepare();
    at(0).name = 'Green tea';

    cafe.value = { ...cafeWith(2, item('tea'), item('latte')), isOpen: false };
    await nextTick();

    expect(result.theirs.value).toBe(false);
  });

  it('saves the menu upon the one it was made of', async () => {
    const { result, change, at } = prepare();
    at(0).price = '3.75';

    expect(await result.save()).toBe(true);

    const menu = [item('tea', { cents: 375 }), item('latte')];
    expect(change).toHaveBeenCalledExactlyOnceWith({ menu }, cafeWith(1, item('tea'), item('latte')));
    expect(result.dirty.value).toBe(false);
  });

  it('saves upon the menu of somebody else only when told to', async () => {
    const { result, cafe, change, at } = prepare();
    at(0).price = '3.75';
    cafe.value = cafeWith(2, item('mocha'));
    await nextTick();

    result.keepMine();
    await result.save();

    expect(change).toHaveBeenCalledExactlyOnceWith(expect.anything(), cafeWith(2, item('mocha')));
  });

  it('names what is wrong from the first try to save on, and sends nothing', async () => {
    const { result, change, at } = prepare();
    at(0).name = '';
    expect(result.problems.value).toEqual({});

    expect(await result.save()).toBe(false);

    expect(Object.values(result.problems.value)).toEqual(['Give it a name.']);
    expect(change).not.toHaveBeenCalled();
    at(0).name = 'Tea';
    expect(result.problems.value).toEqual({});
  });

  it('keeps what was typed when it could not be saved', async () => {
    const { result, change, at, names, texts } = prepare();
    change.mockResolvedValue(refused);
    at(0).name = 'Green tea';

    expect(await result.save()).toBe(false);

    expect(names()).toEqual(['Green tea', 'latte']);
    expect(texts()).toEqual(['Not saved. Because.']);
  });
});

describe('selling out', () => {
  it('holds at once, and leaves what is not saved as it is', async () => {
    const { result, cafe, change, at } = prepare();
    at(1).name = 'Oat latte';

    await result.setAvailable(at(0), false);

    const menu = [item('tea', { available: false }), item('latte')];
    expect(change).toHaveBeenCalledExactlyOnceWith({ menu }, cafeWith(1, item('tea'), item('latte')));
    expect(result.theirs.value).toBe(false);
    expect(at(1).name).toBe('Oat latte');
    await result.save();
    expect(cafe.value?.menu).toEqual([
      item('tea', { available: false }),
      item('latte', { name: 'Oat latte' }),
    ]);
  });

  it('is no change of the draft', async () => {
    const { result, at } = prepare();

    await result.setAvailable(at(0), false);
    await nextTick();

    expect(result.dirty.value).toBe(false);
    expect(at(0).available).toBe(false);
  });

  it('holds beside what somebody else has just changed', async () => {
    const { result, cafe, change, at, names } = prepare();
    change.mockImplementationOnce(async () => {
      cafe.value = cafeWith(2, item('tea'), item('mocha'));
      return refused;
    });

    await result.setAvailable(at(0), false);
    await nextTick();

    expect(cafe.value?.menu).toEqual([item('tea', { available: false }), item('mocha')]);
    expect(names()).toEqual(['tea', 'mocha']);
  });

  it('shows that the draft is behind when somebody else has just changed the menu, too', async () => {
    const { result, cafe, change, at } = prepare();
    at(1).name = 'Oat latte';
    change.mockImplementationOnce(async () => {
      cafe.value = cafeWith(2, item('tea'), item('mocha'));
      return refused;
    });

    await result.setAvailable(at(0), false);
    await nextTick();

    expect(result.theirs.value).toBe(true);
    await result.save();
    expect(change.mock.lastCall?.[1].revision).toBe(1);
  });

  it('is taken back when it could not be sent', async () => {
    const { result, change, at, texts } = prepare();
    change.mockResolvedValue(refused);

    await result.setAvailable(at(0), false);

    expect(at(0).available).toBe(true);
    expect(result.dirty.value).toBe(false);
    expect(texts()).toEqual(['Not saved. Because.']);
  });

  it('of a drink that is not saved yet is saved with it', async () => {
    const { result, change, at, draft } = prepare();
    draft().push({ key: 'k', name: 'Mocha', price: '4', available: true, modifiers: [] });

    await result.setAvailable(at(2), false);

    expect(change).not.toHaveBeenCalled();
    expect(at(2).available).toBe(false);
  });
});
