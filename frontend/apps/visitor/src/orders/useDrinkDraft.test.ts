// @vitest-environment node
import { flatWhite, tea } from '@happy-path/app/testing';
import { expect, it } from 'vitest';
import { shallowRef } from 'vue';
import { useDrinkDraft } from './useDrinkDraft.ts';

it('adds up a drink with its options', () => {
  const draft = useDrinkDraft(() => [flatWhite, tea]);
  expect(draft.wish.value).toBeUndefined();

  draft.take('flat-white');
  expect(draft.wish.value?.drink).toEqual({ itemId: 'flat-white', modifiers: { milk: 'whole' } });
  draft.set('milk', 'oat');

  expect(draft.wish.value?.drink).toEqual({ itemId: 'flat-white', modifiers: { milk: 'oat' } });
  expect(draft.cents.value).toBe(510);
});

it('sends a name for the cup only when there is one', () => {
  const draft = useDrinkDraft(() => [tea]);
  draft.take('tea');
  const drink = { itemId: 'tea', modifiers: {} };

  draft.name.value = '  ';
  expect(draft.wish.value).toEqual({ drink });
  draft.name.value = ' Rose ';
  expect(draft.wish.value).toEqual({ drink, name: 'Rose' });
});

it('starts anew with another drink', () => {
  const draft = useDrinkDraft(() => [flatWhite, tea]);
  draft.take('flat-white');
  draft.set('milk', 'oat');

  draft.take('tea');
  expect(draft.wish.value?.drink).toEqual({ itemId: 'tea', modifiers: {} });
  draft.take('flat-white');

  expect(draft.options.value).toEqual({ milk: 'whole' });
});

it('lets go of a drink that sells out meanwhile', () => {
  const menu = shallowRef([flatWhite, tea]);
  const draft = useDrinkDraft(() => menu.value);
  draft.take('tea');

  menu.value = [flatWhite, { ...tea, available: false }];

  expect(draft.item.value).toBeUndefined();
  expect(draft.wish.value).toBeUndefined();
  expect(draft.itemId.value).toBe('tea');
});
