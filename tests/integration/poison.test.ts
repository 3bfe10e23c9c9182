import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi } from '../support/api.ts';
import { stackResources } from '../support/aws.ts';
import { createPlace, requestUpload, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, ranger, visitor, web } from './app.ts';
import { expectNoDeadLetters, takeDeadLetter } from './dead-letters.ts';
import { journeyWith } from './journeys.ts';
import { changeItem, sweepNow } from './photo-items.ts';

const queueNames = [
  'UploadQueue',
  'NotifySubscribersQueue',
  'RecordJourneyQueue',
  'RemovePicturesQueue',
] as const;
let queues: ReadonlyMap<string, string>;
let owner: User;
let placeId: string;

/** Has failed messages come back at once; six times the function's timeout is longer than a test. */
async function comeBackAfter(seconds: number): Promise<void> {
  for (const name of queueNames) {
    const Attributes = { VisibilityTimeout: String(seconds) };
    await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queues.get(name), Attributes }));
  }
}

beforeAll(async () => {
  queues = await stackResources(aws, 'happy-path-backend');
  owner = await visitor();
  ({ placeId } = await createPlace(web, await ranger()));
  await comeBackAfter(1);
});
afterAll(() => comeBackAfter(180));

/** Sends a good photo through everything that the poison went through. */
async function expectHealth(): Promise<string> {
  const photoId = await upload(web, owner, placeId, await phonePhoto());
  await waitForEnd(web, owner, photoId, 'PUBLISHED');
  await journeyWith(['PhotoPublished'], owner, photoId);
  return photoId;
}

describe('Poison', () => {
  it.each([
    ['UploadQueue', 'UploadDeadLetters'],
    ['NotifySubscribersQueue', 'NotifySubscribersDeadLetters'],
    ['RecordJourneyQueue', 'RecordJourneyDeadLetters'],
    ['RemovePicturesQueue', 'RemovePicturesDeadLetters'],
  ])('in %s ends in %s and holds nobody up', async (queue, deadLetters) => {
    // Prepare
    const mark = ulid();
    const bodies = [`{"poison":"${mark}-1"}`, `not JSON ${mark}-2`];

    // Act
    for (const MessageBody of bodies) {
      await aws.sqs.send(new SendMessageCommand({ QueueUrl: queues.get(queue), MessageBody }));
    }

    // Assess
    await expectHealth();
    for (const body of bodies) expect(await takeDeadLetter(deadLetters, body.slice(-8, -2))).toContain(mark);
  });

  it('on the bus ends with the journeys and holds nobody up', async () => {
    // Prepare
    const mark = ulid();
    const entry = { EventBusName: outputs.busName, Source: 'happy-path.poison', DetailType: 'Poison' };

    // Act
    await aws.events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail: `{"mark":"${mark}"}` }] }));

    // Assess
    await expectHealth();
    expect(await takeDeadLetter('RecordJourneyDeadLetters', mark)).toContain('happy-path.poison');
  });

  it('in the stream of the table ends in PublishChangesDeadLetters and holds nobody up', async () => {
    // Prepare
    const { photoId } = await requestUpload(web, owner, placeId);

    // Act
    await changeItem(photoId, { status: 'REJECTED', placeId: 'no ULID' });

    // Assess
    await expectHealth();
    expect(await takeDeadLetter('PublishChangesDeadLetters', photoId)).toContain('no ULID');
    await changeItem(photoId, { status: 'REJECTED', placeId });
  });

  it('among the photos that are due does not keep the sweeper from the others', async () => {
    // Prepare: both fall due, the unreadable one first.
    const [bad, good] = [await requestUpload(web, owner, placeId), await requestUpload(web, owner, placeId)];
    await changeItem(bad.photoId, { attempts: 'many', GSI3SK: '2020-01-01T00:00:00.000Z' });

    // Act
    const sweeping = sweepNow(good.photoId);

    // Assess
    await expect(sweeping).rejects.toThrow(/1 errors/);
    await waitUntil('the good one to be forgotten', async () => {
      const { status } = await callApi(web, 'GET', `/photos/${good.photoId}`, { token: owner.token });
      return status === 404 || undefined;
    });
    await changeItem(bad.photoId, { attempts: 0 });
  });

  it('leaves no message behind', async () => {
    await waitUntil('empty queues', () =>
      expectNoDeadLetters().then(
        () => true,
        () => undefined,
      ),
    );
  });
});

describe('Logs and journeys', () => {
  it('carry neither tokens nor what a camera writes', async () => {
    // Prepare
    const photoId = await expectHealth();

    // Act
    const lines: string[] = [];
    for (const logGroupName of ['/happy-path/local/backend', '/happy-path/local/workflows/v1']) {
      const { events = [] } = await aws.logs.send(
        new FilterLogEventsCommand({ logGroupName, limit: 10_000 }),
      );
      expect(events.length).toBeGreaterThan(0);
      lines.push(...events.map(({ message = '' }) => message));
    }
    const { body } = await callApi(web, 'GET', `/journeys/${photoId}`, { token: owner.token });

    // Assess
    for (const written of [...lines, JSON.stringify(body)]) {
      expect(written).not.toMatch(/eyJ[\w-]+\.eyJ|Bearer |X-Amz-Signature|GPS|Trailhead/i);
      expect(written).not.toContain(owner.token);
    }
  });
});
