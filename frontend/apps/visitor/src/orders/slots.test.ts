// @vitest-environment node
import { expect, it } from 'vitest';
import { pickUpSlots, timeAt } from './slots.ts';

const noon = Date.parse('2026-06-01T12:00:00.000Z');

it('offers pick-up times in steps of five minutes, as soon as the café can and as late as it may', () => {
  const slots = pickUpSlots(noon + 60_000, { leadSeconds: 600, maxSeconds: 1800 });

  expect(slots).toEqual([
    '2026-06-01T12:15:00.000Z',
    '2026-06-01T12:20:00.000Z',
    '2026-06-01T12:25:00.000Z',
    '2026-06-01T12:30:00.000Z',
  ]);
});

it('leaves a moment to send the form', () => {
  const lead = { leadSeconds: 600, maxSeconds: 1800 };
  expect(pickUpSlots(noon, lead)[0]).toBe('2026-06-01T12:15:00.000Z');
  expect(pickUpSlots(noon - 30_000, lead)[0]).toBe('2026-06-01T12:10:00.000Z');
});

it('offers none where none fits', () => {
  expect(pickUpSlots(noon, { leadSeconds: 600, maxSeconds: 300 })).toEqual([]);
});

it("tells the time by the café's clock", () => {
  expect(timeAt(noon, 'America/New_York', 'en-US')).toMatch(/^8:00\sAM$/);
});
