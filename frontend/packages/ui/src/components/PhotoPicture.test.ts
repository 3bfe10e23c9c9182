import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import PhotoPicture from './PhotoPicture.vue';

const small = { url: '/photos/1/small.webp', width: 800, height: 600 };
const large = { url: '/photos/1/large.webp', width: 1600, height: 1200 };
const picture = () =>
  mount(PhotoPicture, {
    props: {
      sources: [small, large],
      alt: 'A sign',
      thumbHash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
      sizes: '50vw',
    },
  });

it('reserves the space and lets the browser choose the rendition', () => {
  const image = picture().get('img');
  expect(image.attributes()).toMatchObject({
    alt: 'A sign',
    width: '800',
    height: '600',
    sizes: '50vw',
    srcset: '/photos/1/small.webp 800w, /photos/1/large.webp 1600w',
    loading: 'lazy',
  });
});

it('shows the hash until the picture is there, and a sign when it does not come', async () => {
  const view = picture();
  expect(view.attributes('style')).toContain('data:image/png');
  await view.get('img').trigger('load');
  expect(view.classes()).toContain('loaded');
  await view.get('img').trigger('error');
  expect(view.classes()).toContain('failed');
  expect(view.find('svg').exists()).toBe(true);
});

it('starts again when it is given another photo', async () => {
  const view = picture();
  await view.get('img').trigger('error');
  await view.setProps({ sources: [{ ...small, url: '/photos/2/small.webp' }] });
  expect(view.classes()).toContain('loading');
});
