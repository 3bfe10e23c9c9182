// @vitest-environment node
import { expect, it } from 'vitest';
import type { UploadItem } from '../uploads/index.ts';
import { summarise } from './upload-summary.ts';

const item = (status: UploadItem['status'], waitsFor?: UploadItem['waitsFor']): UploadItem => ({
  id: crypto.randomUUID(),
  placeId: 'p',
  placeName: 'Yosemite',
  fileName: 'a.jpg',
  previewUrl: 'blob:a',
  progress: 0,
  status,
  waitsFor,
});

it.each([
  ['nothing is sent', [], undefined],
  ['all is done', [item('published'), item('cancelled')], undefined],
  ['three have no reception', [1, 2, 3].map(() => item('waiting', 'reception')), '3 waiting for reception'],
  ['one waits for a sign-in', [item('waiting', 'sign-in')], '1 waiting for you to sign in'],
  ['some are sent, some in the queue', [item('uploading'), item('waiting', 'turn')], 'Uploading 2 photos'],
  ['one is checked', [item('processing'), item('published')], 'Checking 1 photo'],
  ['one was refused', [item('rejected'), item('published')], '1 not added'],
])('says the right thing when %s', (_, items, words) => {
  expect(summarise(items)?.text).toBe(words);
});

it('puts what waits for the visitor before what goes on by itself', () => {
  const items = [item('uploading'), item('processing'), item('waiting', 'reception')];
  expect(summarise(items)).toEqual({ tone: 'waits', text: '1 waiting for reception' });
});
