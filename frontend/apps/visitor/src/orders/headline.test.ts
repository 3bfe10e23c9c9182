// @vitest-environment node
import { order } from '@happy-path/app/testing';
import { expect, it } from 'vitest';
import { headlineOf } from './headline.ts';

const at = Date.parse('2026-06-01T12:00:00.000Z');

it.each([
  ['AWAITING_CHOICE', 0, 'Choose your drink'],
  ['QUEUED', 0, 'In the queue'],
  ['PREPARED', 3_600_000, 'Ready'],
  ['COMPLETED', 540_000, 'Ready'],
  ['COMPLETED', 660_000, 'Completed'],
  ['REFUSED', 0, 'Not taken'],
  ['TIMED_OUT', 0, 'Time ran out'],
] as const)('calls %s after %d ms %s', (status, after, headline) => {
  expect(headlineOf(order('o', { status }), at + after)).toBe(headline);
});
