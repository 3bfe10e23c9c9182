import type { EventName } from '#contracts/events/index.ts';
import { isFinal, type OrderStatus } from '#contracts/orders.ts';
import {
  type CafeItem,
  cafeItem,
  type OrderItem,
  orderItem,
  type StampItem,
  stampItem,
} from '#contracts/tables/order-items.ts';
import { topics } from '#contracts/topics.ts';
import type { EventBus, OutgoingEvent } from '#platform/event-bus.ts';

/** A committed change of an item; `before` is undefined for a new one. */
export interface ItemChange {
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly after: Readonly<Record<string, unknown>>;
}

interface Dependencies {
  readonly bus: EventBus;
}

/**
 * Turns a committed change of an order, a café or a stamp card into its domain events. Nothing else writes the table
 * and then publishes, so no event is lost and none speaks of what did not happen; a record that comes twice gives the
 * same events twice.
 */
export const publishOrderChange =
  ({ bus }: Dependencies) =>
  async ({ before, after }: ItemChange): Promise<void> => {
    const events = eventsOf(before, after);
    if (events.length > 0) await bus.publish(events);
  };

/** A record that nobody understands, as people get to read it; none of them may be able to wake an execution. */
export const deadLetter = (record: unknown): string =>
  JSON.stringify(record, (name, value: unknown) => (name === 'taskToken' ? undefined : value));

function eventsOf(before: ItemChange['before'], after: ItemChange['after']): OutgoingEvent[] {
  switch (after.entity) {
    case 'order':
      return before?.status === after.status ? [] : orderEvents(orderItem.parse(after), before === undefined);
    case 'cafe':
      return before?.revision === after.revision ? [] : [configChanged(cafeItem.parse(after))];
    case 'stamp':
      return before ? [] : [stampGiven(stampItem.parse(after))];
    default:
      return [];
  }
}

/** What each status tells the world. */
const told: Readonly<Record<OrderStatus, EventName>> = {
  ADMITTED: 'NewOrderAdmitted',
  STARTED: 'OrderWorkflowStarted',
  AWAITING_CHOICE: 'OrderChoiceAwaited',
  PLACED: 'OrderPlaced',
  SCHEDULED: 'OrderScheduled',
  QUEUED: 'OrderQueued',
  MAKING: 'PreparationStarted',
  PREPARED: 'PreparationCompleted',
  COMPLETED: 'OrderCompleted',
  CANCELLED: 'OrderCancelled',
  TIMED_OUT: 'OrderTimedOut',
  REFUSED: 'OrderRefused',
};

/** The events of a change, in their order: an order for later comes with its drink, and a barista's refusal ends it. */
function namesOf({ status, kind, cancelledBy }: OrderItem, isNew: boolean): EventName[] {
  if (isNew && kind === 'PRE_ORDER') return [told[status], 'OrderPlaced'];
  if (status === 'CANCELLED' && cancelledBy === 'CAFE') return ['PreparationCancelled', told[status]];
  return [told[status]];
}

/** `steps` is the number of the last event of a change; those of one change are a millisecond apart, so that they sort. */
function orderEvents(order: OrderItem, isNew: boolean): OutgoingEvent[] {
  const { orderId, cafeId, ownerId, kind, number, reason, status, statusAt, steps } = order;
  const names = namesOf(order, isNew);
  return names.map((name, index) => ({
    name,
    metadata: {
      journeyId: orderId,
      ownerId,
      occurredAt: new Date(Date.parse(statusAt) + index).toISOString(),
      step: {
        number: steps - names.length + 1 + index,
        isLast: isFinal(status) && index === names.length - 1,
      },
      notify: [topics.user(ownerId), topics.cafe(cafeId)],
    },
    data: { orderId, cafeId, kind, ...(number && { number }), ...(reason && { reason }) },
  }));
}

const configChanged = ({ cafeId, isOpen, revision, changedAt }: CafeItem): OutgoingEvent => ({
  name: 'ConfigChanged',
  metadata: { journeyId: cafeId, occurredAt: changedAt, notify: [topics.cafe(cafeId)] },
  data: { cafeId, isOpen, revision },
});

const stampGiven = ({ orderId, cafeId, ownerId, stampedAt }: StampItem): OutgoingEvent => ({
  name: 'StampGiven',
  metadata: { journeyId: orderId, ownerId, occurredAt: stampedAt, notify: [topics.user(ownerId)] },
  data: { orderId, cafeId },
});
