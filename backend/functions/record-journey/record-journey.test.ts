import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BusEvent, busEvent, type EventMetadata } from '#contracts/events/envelope.ts';
import { type JourneyItem, journeyItem } from '#contracts/tables/items.ts';
import { journeyKeys } from '#contracts/tables/keys.ts';
import type { OutgoingEvent } from '#platform/event-bus.ts';
import { RecordingBus } from '#platform/testing/recording-bus.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { photoId as journeyId, later, ownerId, placeId, time } from '../../testing/samples.ts';
import { recordJourney } from './record-journey.ts';

/** Journeys in a map, filed under the keys of the table. */
class MemoryJourneyStore implements JourneyStore {
  readonly items = new Map<string, JourneyItem>();
  queries = 0;

  async record(event: JourneyItem): Promise<void> {
    const { PK, SK } = journeyKeys.primary(event.journeyId, event.occurredAt, event.type);
    this.items.set(`${PK} ${SK}`, journeyItem.parse(event));
  }

  async list(journey: string): Promise<readonly JourneyItem[]> {
    this.queries += 1;
    const own = [...this.items].filter(([key]) => key.startsWith(`${journeyKeys.partition(journey)} `));
    return own.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
}

const event = (type: string, metadata: Partial<EventMetadata> = {}, id = type): BusEvent =>
  busEvent.parse({
    id,
    source: 'happy-path.orders',
    'detail-type': type,
    time,
    detail: {
      metadata: { schema: `${type}@1`, journeyId, occurredAt: time, ownerId, ...metadata },
      data: { a: 1 },
    },
  });

/** So many events of one journey, a second apart; the last one says that it is the last. */
const journey = (count: number): BusEvent[] =>
  Array.from({ length: count }, (_, at) =>
    event(`Event${String.fromCharCode(65 + at)}`, {
      occurredAt: later(at).toISOString(),
      step: { number: at + 1, isLast: at + 1 === count },
    }),
  );

function prepare() {
  const journeys = new MemoryJourneyStore();
  const bus = new RecordingBus();
  return { journeys, bus, record: recordJourney({ journeys, bus, keepDays: 2 }) };
}

/** What is said of a journey of so many events. */
const whole = (events: number): OutgoingEvent => ({
  name: 'AllEventsStored',
  metadata: {
    journeyId,
    ownerId,
    occurredAt: new Date(later(events - 1).getTime() + 1).toISOString(),
    notify: ['users/auth0%7Crose'],
  },
  data: { journeyId, events },
});

describe('recordJourney', () => {
  it('keeps an event with its step for its owner and for so many days', async () => {
    const { journeys, record } = prepare();
    await record(event('OrderPlaced', { step: { number: 3, isLast: false } }));
    expect([...journeys.items.values()]).toEqual([
      {
        entity: 'journey',
        journeyId,
        ownerId,
        eventId: 'OrderPlaced',
        type: 'OrderPlaced',
        source: 'happy-path.orders',
        occurredAt: time,
        step: { number: 3, isLast: false },
        data: { a: 1 },
        expiresAt: Date.parse(time) / 1000 + 2 * 86_400,
      },
    ]);
  });

  it('asks for no other event when one is not counted', async () => {
    const { journeys, bus, record } = prepare();
    await record(event('PhotoPublished'));
    expect(journeys.items.size).toBe(1);
    expect(journeys.queries).toBe(0);
    expect(bus.events).toEqual([]);
  });

  it('tells that a journey is whole with its last event, and not before', async () => {
    const { bus, record } = prepare();
    const [first, second, last] = journey(3);
    for (const one of [first, second]) if (one) await record(one);
    expect(bus.events).toEqual([]);
    if (last) await record(last);
    expect(bus.events).toEqual([whole(3)]);
  });

  it('tells it of a journey of one event', async () => {
    const { bus, record } = prepare();
    for (const one of journey(1)) await record(one);
    expect(bus.events).toEqual([whole(1)]);
  });

  it('tells it with the event that was missing, whatever order they come in and however often', async () => {
    const arrivals = fc.integer({ min: 1, max: 8 }).chain((count) => {
      const all = journey(count);
      return fc.tuple(
        fc.constant(count),
        fc.shuffledSubarray([...all, ...all, ...all], { minLength: 0 }),
        fc.shuffledSubarray(all, { minLength: count }),
      );
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ([count, some, rest]) => {
        const { bus, record } = prepare();
        const seen = new Set<string>();
        for (const one of [...some, ...rest]) {
          const told = bus.events.length;
          await record(one);
          seen.add(one.id);
          expect(bus.events.length - told).toBe(seen.size === count ? 1 : 0);
        }
        // Every announcement is the same, so that all of them are one item of the journey.
        for (const said of bus.events) expect(said).toEqual(whole(count));
      }),
    );
  });

  it('never tells it of a journey with a gap', async () => {
    const { bus, record } = prepare();
    const all = journey(5);
    for (const one of [...all, ...all]) if (one.id !== 'EventC') await record(one);
    expect(bus.events).toEqual([]);
  });

  it('never takes the event of another journey, or two with one number, for the missing one', async () => {
    const { bus, record } = prepare();
    const [first, , last] = journey(3);
    if (!first || !last) throw new Error('Expected three events');
    await record(first);
    await record(event('EventB', { journeyId: placeId, step: { number: 2, isLast: false } }));
    await record(event('EventD', { occurredAt: later(9).toISOString(), step: { number: 1, isLast: false } }));
    await record(event('EventE', { occurredAt: later(9).toISOString(), step: { number: 9, isLast: false } }));
    await record(last);
    expect(bus.events).toEqual([]);
  });

  it('tells it behind every event, also when the last one has an earlier time', async () => {
    const { bus, record } = prepare();
    await record(
      event('EventA', { occurredAt: later(60).toISOString(), step: { number: 1, isLast: false } }),
    );
    await record(event('EventB', { occurredAt: later(59).toISOString(), step: { number: 2, isLast: true } }));
    expect(bus.events[0]?.metadata.occurredAt).toBe(new Date(later(60).getTime() + 1).toISOString());
  });

  it('tells nobody in particular of a journey without an owner', async () => {
    const { bus, record } = prepare();
    await record(event('EventA', { ownerId: undefined, step: { number: 1, isLast: true } }));
    expect(bus.events).toEqual([
      { ...whole(1), metadata: { journeyId, occurredAt: later(0.001).toISOString() } },
    ]);
  });

  it('fails when it could not tell, and tells when the event comes again', async () => {
    // Prepare
    const { journeys, bus } = prepare();
    const answers = [new Error('down')];
    const record = recordJourney({
      journeys,
      keepDays: 2,
      bus: {
        publish: async (events) => {
          const failure = answers.shift();
          if (failure) throw failure;
          await bus.publish(events);
        },
      },
    });
    const [first, last] = journey(2);
    if (!first || !last) throw new Error('Expected two events');

    // Act
    await record(first);
    await expect(record(last)).rejects.toThrow('down');
    const stored = journeys.items.size;
    await record(last);

    // Assess
    expect(stored).toBe(2);
    expect(bus.events).toEqual([whole(2)]);
  });

  it('keeps its own announcement as the end of the journey, and asks no more', async () => {
    const { journeys, bus, record } = prepare();
    for (const one of journey(2)) await record(one);
    const queries = journeys.queries;
    const [said] = bus.events;
    for (const id of ['x', 'y']) await record(event('AllEventsStored', said?.metadata, id));
    expect(journeys.queries).toBe(queries);
    expect((await journeys.list(journeyId)).map(({ type }) => type)).toEqual([
      'EventA',
      'EventB',
      'AllEventsStored',
    ]);
  });
});
