import type { JourneyEvent } from '@happy-path/api-client';
import { orderMessages } from './messages.ts';

const { done, current, orderedAhead, gotNumber, waitingForItsTime } = orderMessages.journey;

export type OrderEventType = keyof typeof done;

/** One stop of an order's journey; `stopped` is where it ended without a drink. */
export interface OrderStation {
  readonly name: OrderEventType;
  readonly title: string;
  readonly state: 'done' | 'current' | 'ahead' | 'stopped';
  readonly time?: string | undefined;
}

/** The way of an order that goes well; what else happens stands between, where it happened. */
const mainLine = [
  'NewOrderAdmitted',
  'OrderPlaced',
  'OrderQueued',
  'PreparationStarted',
  'PreparationCompleted',
  'OrderCompleted',
] as const;

const ends = new Set<string>(['PreparationCancelled', 'OrderCancelled', 'OrderTimedOut', 'OrderRefused']);

/** Draws the events of an order as its line of stations; an event type it does not know is not a station. */
export function orderStationsOf(events: readonly JourneyEvent[]): OrderStation[] {
  const told = new Map<OrderEventType, JourneyEvent>();
  for (const event of events) {
    if (isOrderEvent(event.type) && !told.has(event.type)) told.set(event.type, event);
  }
  const reached = [...told].map(
    ([name, event]): OrderStation => ({
      name,
      title: titleOf(name, event),
      state: ends.has(name) ? 'stopped' : 'done',
      time: event.time,
    }),
  );
  return reached.some(({ state }) => state === 'stopped') ? reached : [...reached, ...waysOn(told)];
}

function waysOn(told: ReadonlyMap<string, JourneyEvent>): OrderStation[] {
  // Where a later stop was made, the ones before were too, even if their events are not kept any more.
  const rest = mainLine.slice(mainLine.findLastIndex((name) => told.has(name)) + 1);
  return rest.map((name, index) => {
    if (index > 0) return { name, title: done[name], state: 'ahead' };
    const waits = name === 'OrderQueued' && told.has('OrderScheduled');
    return { name, title: waits ? waitingForItsTime : current[name], state: 'current' };
  });
}

function titleOf(name: OrderEventType, { data }: JourneyEvent): string {
  if (name === 'NewOrderAdmitted' && data.kind === 'PRE_ORDER') return orderedAhead;
  if (name === 'OrderQueued' && typeof data.number === 'number') return gotNumber(data.number);
  return done[name];
}

const isOrderEvent = (type: string): type is OrderEventType => Object.hasOwn(done, type);
