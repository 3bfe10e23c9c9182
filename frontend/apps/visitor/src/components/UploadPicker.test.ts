import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import UploadPicker from './UploadPicker.vue';

const photo = (name: string) => new File([new Uint8Array(9)], name, { type: 'image/jpeg' });

async function choose(view: ReturnType<typeof mount>, ...files: File[]) {
  const input = view.get('input[type=file]');
  Object.defineProperty(input.element, 'files', { value: files, configurable: true });
  await input.trigger('change');
}

it('shows what was chosen at once and hands it over with the caption', async () => {
  // Prepare
  const view = mount(UploadPicker);
  await choose(view, photo('a.jpg'), photo('b.jpg'));
  expect(view.findAll('.draft')).toHaveLength(2);

  // Act
  await view.get('textarea').setValue('  Trail closed ');
  await view.get('form').trigger('submit');

  // Assess
  const [files, caption] = view.emitted('send')?.[0] ?? [];
  expect(files).toMatchObject([{ name: 'a.jpg' }, { name: 'b.jpg' }]);
  expect(caption).toBe('Trail closed');
  expect(view.findAll('.draft')).toHaveLength(0);
});

it('takes a photo out again before it is sent', async () => {
  const view = mount(UploadPicker);
  await choose(view, photo('a.jpg'), photo('b.jpg'));
  await view.get('[aria-label="Remove a.jpg"]').trigger('click');
  expect(view.get('[type=submit]').text()).toBe('Send 1 photo');
});

it('takes photos that are dropped on it', async () => {
  const view = mount(UploadPicker);
  await view.get('form').trigger('drop', { dataTransfer: { files: [photo('c.jpg')] } });
  expect(view.findAll('.draft')).toHaveLength(1);
});

it('names a file that the browser cannot draw', async () => {
  const view = mount(UploadPicker);
  await choose(view, photo('IMG_1.HEIC'));
  await view.get('.draft img').trigger('error');
  expect(view.get('.draft').text()).toContain('IMG_1.HEIC');
});
