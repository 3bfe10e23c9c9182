import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import type { Station } from '../index.ts';
import JourneyLine from './JourneyLine.vue';

const at = (milliseconds: number) =>
  new Date(Date.parse('2026-07-01T12:00:00Z') + milliseconds).toISOString();
const line = (stations: Station[]) => mount(JourneyLine, { props: { stations, workflow: 'v1' } });

it('says how long a photo took from the phone to the map', () => {
  const view = line([
    { name: 'uploaded', state: 'done', time: at(0) },
    { name: 'checked', state: 'done', time: at(200) },
    { name: 'made', state: 'done', time: at(900) },
    { name: 'published', state: 'done', time: at(900) },
  ]);
  expect(view.text()).toContain('From phone to map in 0.9 sec');
  expect(view.text()).toContain('Made by workflow v1');
});

it('shows where a photo is just now and what is still ahead', () => {
  const view = line([
    { name: 'uploaded', state: 'done', time: at(0) },
    { name: 'checked', state: 'current' },
    { name: 'made', state: 'ahead' },
    { name: 'published', state: 'ahead' },
  ]);
  expect(view.get('[aria-current="step"]').text()).toContain('Checked');
  expect(view.text()).not.toContain('From phone to map');
});

it('says that no ranger saw it in time, and promises nothing after that', () => {
  const view = line([
    { name: 'reviewed', state: 'stopped', time: at(0), reason: 'REVIEW_TIMED_OUT' },
    { name: 'made', state: 'ahead' },
  ]);
  expect(view.get('.stopped').text()).toContain('No ranger saw it in time');
  expect(view.text()).not.toContain('Not yet');
});

it('says that a ranger is looking', () => {
  const view = line([
    { name: 'uploaded', state: 'done', time: at(0) },
    { name: 'reviewed', state: 'current' },
  ]);
  expect(view.get('[aria-current="step"]').text()).toContain('A ranger is looking at it');
});

it('shows where a photo was stopped', () => {
  const view = line([
    { name: 'uploaded', state: 'done', time: at(0) },
    { name: 'checked', state: 'stopped', time: at(300) },
  ]);
  expect(view.get('.stopped').text()).toContain('Workflow v1');
  expect(view.text()).not.toContain('Made by');
  expect(view.get('.stopped').text()).toContain('Stopped here');
});

it('draws an order, too, in its own words', () => {
  const view = mount(JourneyLine, {
    props: {
      stations: [
        { name: 'NewOrderAdmitted', title: 'Code scanned', state: 'done', time: at(0) },
        { name: 'PreparationCompleted', title: 'Ready at the counter', state: 'done', time: at(60_000) },
      ],
      totalText: (duration: string) => `To the counter in ${duration}`,
    },
  });
  expect(view.text()).toContain('To the counter in 60 sec');
  expect(view.text()).toContain('Ready at the counter');
});
