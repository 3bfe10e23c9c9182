import { describe, expect, it } from 'vitest';
import { photoId, time } from '../testing/samples.ts';
import { stubDynamoDb } from '../testing/stub-client.ts';
import { DynamoDbJourneyStore } from './journey-store.ts';
import { DynamoDbRoutingStore } from './routing-store.ts';

const event = {
  entity: 'journey' as const,
  journeyId: photoId,
  eventId: '1',
  type: 'PhotoUploaded',
  source: 'happy-path.backend',
  occurredAt: time,
  data: { a: 1 },
  expiresAt: 100,
};

describe('DynamoDbJourneyStore', () => {
  it('files an event so that a repeated one overwrites itself', async () => {
    const { client, sent } = stubDynamoDb();
    await new DynamoDbJourneyStore(client, 'table').record(event);
    expect(sent[0]?.input).toEqual({
      TableName: 'table',
      Item: { PK: `JOURNEY#${photoId}`, SK: `${time}#PhotoUploaded`, ...event },
    });
  });

  it('gives the events whose time is not over', async () => {
    const { client } = stubDynamoDb({ Items: [event, { ...event, expiresAt: 50 }] });
    const store = new DynamoDbJourneyStore(client, 'table');
    expect(await store.list(photoId, 50)).toEqual([event]);
    expect(await store.list(photoId, 50)).toEqual([]);
  });
});

describe('DynamoDbRoutingStore', () => {
  it('sends everything to v1 until somebody has decided', async () => {
    const { client, sent } = stubDynamoDb({}, { Item: { PK: 'ROUTING', SK: 'ROUTING', active: 'v2' } });
    const store = new DynamoDbRoutingStore(client, 'table');
    expect(await store.get()).toEqual({ active: 'v1', revision: 0 });
    expect(await store.get()).toEqual({ active: 'v2', revision: 0 });
    expect(sent[0]?.input).toMatchObject({ ConsistentRead: true });
  });
});
