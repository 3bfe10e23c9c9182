import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, it, vi } from 'vitest';
import { EventBridgeBus } from './event-bus.ts';

const id = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const occurredAt = '2026-05-01T10:00:00.123Z';
const event = {
  name: 'PhotoDeleted' as const,
  metadata: { journeyId: id, ownerId: 'rose', occurredAt },
  data: { photoId: id, placeId: id, workflow: 'v1' },
};

function prepare(...answers: object[]) {
  const client = new EventBridgeClient({ region: 'eu-central-1' });
  const send = vi.spyOn(client, 'send').mockImplementation(async () => answers.shift() ?? {});
  const batches = () => send.mock.calls.map(([command]) => command.input);
  return { bus: new EventBridgeBus(client, 'bus'), batches };
}

describe('EventBridgeBus', () => {
  it('sends an event with its source, type, time and schema', async () => {
    // Prepare
    const { bus, batches } = prepare();

    // Act
    await bus.publish([event]);

    // Assess
    const detail = {
      metadata: { schema: 'PhotoDeleted@1', journeyId: id, occurredAt, ownerId: 'rose' },
      data: event.data,
    };
    expect(batches()).toEqual([
      {
        Entries: [
          {
            EventBusName: 'bus',
            Source: 'happy-path.backend',
            DetailType: 'PhotoDeleted',
            Time: new Date(occurredAt),
            Detail: JSON.stringify(detail),
          },
        ],
      },
    ]);
  });

  it('sends ten events at a time', async () => {
    const { bus, batches } = prepare();
    await bus.publish(Array.from({ length: 21 }, () => event));
    expect(batches()).toMatchObject([
      { Entries: { length: 10 } },
      { Entries: { length: 10 } },
      { Entries: { length: 1 } },
    ]);
  });

  it('sends nothing when one event does not fit its schema', async () => {
    const { bus, batches } = prepare();
    await expect(bus.publish([event, { ...event, data: {} }])).rejects.toMatchObject({ name: 'ZodError' });
    expect(batches()).toEqual([]);
  });

  it('fails as transient when the bus refuses an entry, and says with which codes', async () => {
    const { bus } = prepare({
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }],
    });
    await expect(bus.publish([event, event])).rejects.toMatchObject({
      name: 'TransientError',
      message: 'Expected the bus to take 2 events, got 1 refused (ThrottlingException)',
    });
  });
});
