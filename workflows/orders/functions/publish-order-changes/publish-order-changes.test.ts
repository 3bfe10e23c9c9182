import { describe, expect, it } from 'vitest';
import { isFinal, type OrderStatus, orderStatuses } from '#contracts/orders.ts';
import { RecordingBus } from '#platform/testing/recording-bus.ts';
import { cafe, cafeId, later, order, orderId, ownerId, preparedOrder, time } from '../../testing/samples.ts';
import { deadLetter, publishOrderChange } from './publish-order-changes.ts';

function prepare() {
  const bus = new RecordingBus();
  return { bus, publish: publishOrderChange({ bus }) };
}
const user = 'users/auth0%7Crose';
const publicTopic = `cafes/${cafeId}`;
const reason = 'OUT_OF_STOCK' as const;

describe('a change of an order', () => {
  it.each([
    ['ADMITTED', 'NewOrderAdmitted'],
    ['STARTED', 'OrderWorkflowStarted'],
    ['AWAITING_CHOICE', 'OrderChoiceAwaited'],
    ['PLACED', 'OrderPlaced'],
    ['SCHEDULED', 'OrderScheduled'],
    ['QUEUED', 'OrderQueued'],
    ['MAKING', 'PreparationStarted'],
    ['PREPARED', 'PreparationCompleted'],
    ['COMPLETED', 'OrderCompleted'],
    ['CANCELLED', 'OrderCancelled'],
    ['TIMED_OUT', 'OrderTimedOut'],
    ['REFUSED', 'OrderRefused'],
  ] as const)('to %s is told by %s', async (status, name) => {
    const { bus, publish } = prepare();
    const isLast = isFinal(status);
    const given = isLast && status !== 'COMPLETED' ? { reason } : {};
    const after = order({ status, steps: 4, number: 12, ...given });
    await publish({ before: order({ status: 'STARTED', steps: 3, ...beforeOf(status) }), after });
    expect(bus.events).toEqual([
      {
        name,
        metadata: {
          journeyId: orderId,
          ownerId,
          occurredAt: time,
          step: { number: 4, isLast },
          notify: [user, publicTopic],
        },
        data: { orderId, cafeId, kind: 'SCAN', number: 12, ...given },
      },
    ]);
  });
  const beforeOf = (status: OrderStatus) => (status === 'STARTED' ? { status: 'ADMITTED' as const } : {});

  it('by which it is new is its first event', async () => {
    const { bus, publish } = prepare();
    await publish({ before: undefined, after: order() });
    expect(bus.names).toEqual(['NewOrderAdmitted']);
    expect(bus.events[0]?.metadata.step).toEqual({ number: 1, isLast: false });
    expect(bus.events[0]?.data).toEqual({ orderId, cafeId, kind: 'SCAN' });
  });

  it('by which an order for later is new says that its drink is chosen, too', async () => {
    const { bus, publish } = prepare();
    await publish({ before: undefined, after: order({ kind: 'PRE_ORDER', steps: 2 }) });
    expect(bus.events.map(({ name, metadata }) => [name, metadata.step, metadata.occurredAt])).toEqual([
      ['NewOrderAdmitted', { number: 1, isLast: false }, time],
      ['OrderPlaced', { number: 2, isLast: false }, later(0.001).toISOString()],
    ]);
  });

  it.each([
    ['CAFE', ['PreparationCancelled', 'OrderCancelled']],
    ['GUEST', ['OrderCancelled']],
    ['SYSTEM', ['OrderCancelled']],
  ] as const)('by which %s cancels it gives %j, the last of them last', async (cancelledBy, names) => {
    const { bus, publish } = prepare();
    await publish({
      before: order({ status: 'MAKING', steps: 5 }),
      after: order({ status: 'CANCELLED', cancelledBy, reason, steps: 5 + names.length }),
    });
    expect(bus.names).toEqual(names);
    expect(bus.events.map(({ metadata }) => metadata.step)).toEqual(
      names.map((_, index) => ({ number: 6 + index, isLast: index === names.length - 1 })),
    );
    expect(bus.events.every(({ data }) => data.reason === reason)).toBe(true);
  });

  it.each(orderStatuses)('that leaves it %s is not told', async (status) => {
    const { bus, publish } = prepare();
    await publish({ before: order({ status }), after: order({ status, steps: 9, expiresAt: 9 }) });
    expect(bus.events).toEqual([]);
  });

  it('that comes twice is told twice in the same words', async () => {
    const { bus, publish } = prepare();
    const change = { before: order(), after: order({ status: 'QUEUED', number: 3 }) };
    await publish(change);
    await publish(change);
    expect(bus.events[1]).toEqual(bus.events[0]);
  });

  it('tells no name, drink or token to the café’s public topic', async () => {
    const { bus, publish } = prepare();
    for (const status of orderStatuses.slice(4)) {
      await publish({
        before: order({ status: 'STARTED' }),
        after: preparedOrder({ status, taskToken: 'secret', reason }),
      });
    }
    expect(bus.events.length).toBeGreaterThan(6);
    expect(JSON.stringify(bus.events.map(({ data }) => data))).not.toMatch(/secret|Rose|Latte|auth0|arn:aws/);
    expect(JSON.stringify(bus.events)).not.toContain('secret');
  });

  it('that ends it without a reason is refused, so that somebody looks', async () => {
    const { bus, publish } = prepare();
    const change = { before: order(), after: order({ status: 'TIMED_OUT' }) };
    await expect(publish(change)).rejects.toMatchObject({ name: 'ZodError' });
    expect(bus.events).toEqual([]);
  });

  it('fails when the bus takes nothing, so that it is tried again', async () => {
    const publish = publishOrderChange({ bus: { publish: () => Promise.reject(new Error('down')) } });
    await expect(publish({ before: undefined, after: order() })).rejects.toThrow('down');
  });
});

describe('a change of a café', () => {
  it('tells everybody at its topic that it is to be read again', async () => {
    const { bus, publish } = prepare();
    const changedAt = later(60).toISOString();
    await publish({ before: cafe(), after: cafe({ revision: 2, isOpen: false, changedAt }) });
    expect(bus.events).toEqual([
      {
        name: 'ConfigChanged',
        metadata: { journeyId: cafeId, occurredAt: changedAt, notify: [publicTopic] },
        data: { cafeId, isOpen: false, revision: 2 },
      },
    ]);
  });

  it('is told of a new one, and not of one that stays as it was', async () => {
    const { bus, publish } = prepare();
    await publish({ before: undefined, after: cafe() });
    await publish({ before: cafe(), after: cafe() });
    expect(bus.names).toEqual(['ConfigChanged']);
  });
});

describe('a stamp', () => {
  const stamp = { entity: 'stamp', ownerId, cafeId, orderId, stampedAt: time };

  it('is told to its guest once', async () => {
    const { bus, publish } = prepare();
    await publish({ before: undefined, after: stamp });
    await publish({ before: stamp, after: stamp });
    expect(bus.events).toEqual([
      {
        name: 'StampGiven',
        metadata: { journeyId: orderId, ownerId, occurredAt: time, notify: [user] },
        data: { orderId, cafeId },
      },
    ]);
  });
});

it.each(['window', 'slot', 'capacity', 'number', undefined])(
  'nobody hears of an item of %s',
  async (entity) => {
    const { bus, publish } = prepare();
    await publish({ before: undefined, after: { entity, status: 'ADMITTED', revision: 1 } });
    expect(bus.events).toEqual([]);
  },
);

it('a record that nobody understands is laid aside without its token', () => {
  const record = { dynamodb: { NewImage: { taskToken: { S: 'secret' }, orderId: { S: orderId } } } };
  expect(deadLetter(record)).toBe(JSON.stringify({ dynamodb: { NewImage: { orderId: { S: orderId } } } }));
});
