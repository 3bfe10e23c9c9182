import { mount } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import ReviewActions from './ReviewActions.vue';

const views: { unmount(): void }[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.unmount();
});

function show(ready = true) {
  const view = mount(ReviewActions, { props: { ready } });
  views.push(view);
  const press = async (key: string, more: KeyboardEventInit = {}) => {
    dispatchEvent(new KeyboardEvent('keydown', { key, ...more }));
    await view.vm.$nextTick();
  };
  return { view, press, decisions: () => view.emitted('decide')?.flat() ?? [] };
}

it('approves by A, and rejects by R and the number of a reason', async () => {
  const { press, decisions } = show();

  await press('a');
  await press('r');
  await press('2');

  expect(decisions()).toEqual([{ decision: 'approve' }, { decision: 'reject', reason: 'PEOPLE' }]);
});

it('walks by J and K', async () => {
  const { view, press } = show();

  await press('j');
  await press('K');

  expect(view.emitted('move')?.flat()).toEqual([1, -1]);
});

it('does nothing by a number before R or after Escape, by a key held down, or with Ctrl', async () => {
  const { press, decisions } = show();

  await press('2');
  await press('r');
  await press('Escape');
  await press('2');
  await press('a', { repeat: true });
  await press('a', { ctrlKey: true });

  expect(decisions()).toEqual([]);
});

it('decides about nothing that was not seen', async () => {
  const { view, press, decisions } = show(false);

  await press('a');
  await view.get('.two button:last-child').trigger('click');

  expect(decisions()).toEqual([]);
});

it('shows the reasons once somebody wants to reject', async () => {
  const { view, decisions } = show();
  await view.get('.two button').trigger('click');

  await view.findAll('.reasons button')[3]?.trigger('click');

  expect(decisions()).toEqual([{ decision: 'reject', reason: 'NOT_THIS_PLACE' }]);
});
