import { mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import SearchField from './SearchField.vue';

function searchField(modelValue: string, onSubmit = vi.fn<(event: Event) => void>()) {
  const view = mount(SearchField, {
    props: {
      modelValue,
      label: 'Search places',
      placeholder: 'A name',
      clearLabel: 'Clear',
      'onUpdate:modelValue': (text: string) => view.setProps({ modelValue: text }),
    },
    attrs: { onSubmit },
    slots: { default: '<ul class="offers" />' },
    attachTo: document.body,
  });
  return { view, onSubmit, input: view.get('input') };
}

it('is emptied by its button, which then goes and leaves the cursor in the field', async () => {
  const { view, input } = searchField('olympic');
  await view.get('button[aria-label=Clear]').trigger('click');
  expect(input.element.value).toBe('');
  expect(document.activeElement).toBe(input.element);
  expect(view.find('button').exists()).toBe(false);
});

it('is emptied by the Escape key', async () => {
  const { input } = searchField('olympic');
  await input.trigger('keydown', { key: 'Escape' });
  expect(input.element.value).toBe('');
});

it('tells of a search without leaving the page', async () => {
  const { view, onSubmit } = searchField('olympic');
  await view.trigger('submit');
  expect(onSubmit).toHaveBeenCalledOnce();
  expect(onSubmit.mock.calls[0]?.[0].defaultPrevented).toBe(true);
});

it('takes no more letters than the search does, and shows what hangs below', () => {
  const { view, input } = searchField('');
  expect(input.attributes()).toMatchObject({ maxlength: '60', 'aria-label': 'Search places' });
  expect(view.find('form > .offers').exists()).toBe(true);
});
