import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { stubClient, stubDynamoDb } from '#platform/testing/stub-client.ts';
import { photoId, time } from '../testing/samples.ts';
import { DynamoDbJourneyStore } from './journey-store.ts';
import { DynamoDbRoutingStore } from './routing-store.ts';
import { SsmWorkflowRegistry } from './workflow-registry.ts';

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

  it('gives the events whose time is not over, the latest writes among them', async () => {
    const { client, sent } = stubDynamoDb({ Items: [event, { ...event, expiresAt: 50 }] });
    const store = new DynamoDbJourneyStore(client, 'table');
    expect(await store.list(photoId, 50)).toEqual([event]);
    expect(sent[0]?.input).toMatchObject({ ConsistentRead: true });
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

  it('replaces the decision that was read, by one conditional write', async () => {
    const { client, sent } = stubDynamoDb();
    const store = new DynamoDbRoutingStore(client, 'table');
    expect(await store.replace({ active: 'v2', revision: 1 })).toBe(true);
    expect(await store.replace({ active: 'v3', revision: 8 })).toBe(true);
    expect(sent.map(({ input }) => input)).toEqual([
      expect.objectContaining({
        Item: { PK: 'ROUTING', SK: 'ROUTING', active: 'v2', revision: 1 },
        ConditionExpression: 'attribute_not_exists(revision) OR revision = :before',
        ExpressionAttributeValues: { ':before': 0 },
      }),
      expect.objectContaining({
        ConditionExpression: 'revision = :before',
        ExpressionAttributeValues: { ':before': 7 },
      }),
    ]);
  });

  it('tells when somebody else was first, and hides no other error', async () => {
    const taken = new ConditionalCheckFailedException({ message: 'taken', $metadata: {} });
    const { client } = stubDynamoDb(taken, new Error('down'));
    const store = new DynamoDbRoutingStore(client, 'table');
    expect(await store.replace({ active: 'v2', revision: 1 })).toBe(false);
    await expect(store.replace({ active: 'v2', revision: 1 })).rejects.toThrow('down');
  });
});

describe('SsmWorkflowRegistry', () => {
  it('lists the versions of the stage in the order of their numbers, and nothing else', async () => {
    const parameter = (name: string) => ({ Name: `/happy-path/dev/workflows/${name}`, Value: `arn:${name}` });
    const { client, sent } = stubClient(
      new SSMClient({ region: 'eu-central-1' }),
      { Parameters: [parameter('v10'), parameter('v9'), parameter('notes')], NextToken: 'next' },
      { Parameters: [parameter('v2')] },
    );
    expect(await new SsmWorkflowRegistry(client, 'dev').list()).toEqual(
      ['v2', 'v9', 'v10'].map((version) => ({ version, stateMachineArn: `arn:${version}` })),
    );
    expect(sent[0]?.input).toMatchObject({ Path: '/happy-path/dev/workflows' });
  });
});
