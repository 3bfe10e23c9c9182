import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventMetadata } from '#contracts/events/envelope.ts';
import { journeyKeys } from '#contracts/tables/keys.ts';
import { topics } from '#contracts/topics.ts';
import { listen } from '../support/listener.ts';
import type { User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, stackOutput, topicPrefix, visitor } from './app.ts';
import { journeyWith } from './journeys.ts';

let owner: User;
let ownerId: string;
beforeAll(async () => {
  owner = await visitor();
  ({ userId: ownerId } = owner);
});

type Counted = Pick<EventMetadata, 'journeyId' | 'occurredAt' | 'step' | 'notify'>;

/** The counted events of one journey, a second apart. */
const journey = (journeyId: string, count: number, notify?: string[]): Counted[] =>
  Array.from({ length: count }, (_, at) => ({
    journeyId,
    occurredAt: new Date(Date.now() + at * 1000).toISOString(),
    step: { number: at + 1, isLast: at + 1 === count },
    ...(notify && { notify }),
  }));

/** Sends events as some stack would that nobody has heard of. */
async function send(events: readonly Counted[]): Promise<void> {
  for (let start = 0; start < events.length; start += 10) {
    const Entries = events.slice(start, start + 10).map((metadata) => ({
      EventBusName: stackOutput('backend', 'EventBusName'),
      Source: 'happy-path.tests',
      DetailType: 'StepTaken',
      Detail: JSON.stringify({ metadata: { schema: 'StepTaken@1', ownerId, ...metadata }, data: {} }),
    }));
    await aws.events.send(new PutEventsCommand({ Entries }));
  }
}

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** The types of the events that are stored of a journey, in the order in which it is told. */
async function stored(journeyId: string): Promise<readonly string[]> {
  const { Items = [] } = await aws.dynamodb.send(
    new QueryCommand({
      TableName: stackOutput('backend', 'TableName'),
      ConsistentRead: true,
      KeyConditionExpression: 'PK = :journey',
      ExpressionAttributeValues: { ':journey': journeyKeys.partition(journeyId) },
    }),
  );
  return Items.map(({ type }) => String(type));
}

describe('A journey whose events are counted', () => {
  it('is said to be whole once, last of all, however its events come', async () => {
    // Prepare
    const ids = Array.from({ length: 8 }, () => ulid());
    const events = ids.flatMap((id) => journey(id, 4));

    // Act
    await send(shuffled([...events, ...events]));

    // Assess
    const whole = [...Array.from({ length: 4 }, () => 'StepTaken'), 'AllEventsStored'];
    for (const id of ids) {
      let seen: readonly string[] = [];
      await waitUntil(
        `journey ${id} to be whole`,
        async () => {
          seen = await stored(id);
          return seen.length >= whole.length ? seen : undefined;
        },
        { seen: () => seen },
      );
      expect(seen).toEqual(whole);
    }
  });

  it('tells its owner that it is whole, and not before the missing event has come', async () => {
    // Prepare
    const journeyId = ulid();
    const cafe = topics.cafe(ulid());
    const [first, missing, last] = journey(journeyId, 3, [cafe]);
    if (!first || !missing || !last) throw new Error('Expected three events');
    await using listener = await listen(outputs.mqttUrl, topicPrefix, owner.token);
    await using guest = await listen(outputs.mqttUrl, topicPrefix);
    expect(await listener.subscribe(topics.user(ownerId))).toBe(true);
    expect(await guest.subscribe(cafe)).toBe(true);

    // Act
    await send([last, first]);
    await waitUntil('two stored events', async () =>
      (await stored(journeyId)).length === 2 ? true : undefined,
    );
    const early = listener.heard.length;
    await send([missing]);

    // Assess
    await listener.hears('AllEventsStored', journeyId);
    expect(early).toBe(0);
    const told = await journeyWith(['AllEventsStored'], owner, journeyId);
    expect(told.at(-1)).toMatchObject({ type: 'AllEventsStored', data: { journeyId, events: 3 } });
    const heard = () => guest.heard.map(({ message }) => message.type);
    await waitUntil('the café to hear three steps', () => heard().length >= 3 || undefined, { seen: heard });
    expect(heard()).toEqual(Array(3).fill('StepTaken'));
  });
});
