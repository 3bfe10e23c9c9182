// @vitest-environment node
import type { JourneyEvent } from '@happy-path/api-client';
import { expect, it } from 'vitest';
import { orderStationsOf } from './index.ts';

const event = (type: string, data: Record<string, unknown> = {}): JourneyEvent => ({
  eventId: type,
  type,
  source: 'happy-path.orders',
  time: '2026-07-01T12:00:00.000Z',
  data,
});
const line = (...events: JourneyEvent[]) =>
  orderStationsOf(events).map(({ title, state }) => `${title}: ${state}`);

it('shows what has happened, what is going on and what is still ahead', () => {
  expect(
    line(
      event('NewOrderAdmitted', { kind: 'SCAN' }),
      event('OrderWorkflowStarted'),
      event('OrderChoiceAwaited'),
    ),
  ).toEqual([
    'Code scanned: done',
    'Taken on by the café: done',
    'Place kept, menu open: done',
    'Choosing the drink: current',
    'Got its number: ahead',
    'A barista began: ahead',
    'Ready at the counter: ahead',
    'Receipt written: ahead',
  ]);
});

it('knows a pre-order that waits for its time', () => {
  expect(
    line(
      event('NewOrderAdmitted', { kind: 'PRE_ORDER' }),
      event('OrderPlaced'),
      event('OrderWorkflowStarted'),
      event('OrderScheduled'),
    ).slice(0, 5),
  ).toEqual([
    'Ordered ahead: done',
    'Drink chosen: done',
    'Taken on by the café: done',
    'Planned for its pick-up time: done',
    'Waiting for its time: current',
  ]);
});

it('ends with the stamp, and an event that came twice is one station', () => {
  const stations = line(
    event('OrderQueued', { number: 12 }),
    event('OrderQueued', { number: 12 }),
    event('PreparationStarted'),
    event('PreparationCompleted'),
    event('OrderCompleted'),
    event('StampGiven'),
    event('AllEventsStored'),
  );

  expect(stations[0]).toBe('Got number 12: done');
  expect(stations.slice(-2)).toEqual(['Receipt written: done', 'Stamp given: done']);
  expect(stations).toHaveLength(5);
});

it.each(['OrderCancelled', 'OrderTimedOut', 'OrderRefused'])('promises nothing after %s', (type) => {
  const stations = orderStationsOf([event('NewOrderAdmitted'), event(type)]);

  expect(stations.map(({ state }) => state)).toEqual(['done', 'stopped']);
});

it('says what an order without any event waits for', () => {
  expect(line()[0]).toBe('Getting a place: current');
});
