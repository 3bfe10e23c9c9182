import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventRegistry } from '#contracts/events/index.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { createPlace, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { aws, outputs, ranger, stackOutput, visitor, web } from './app.ts';
import { journeyTo } from './journeys.ts';
import { endsOf, finishedRuns, itemOf, withMissingWorkflow } from './photo-items.ts';

let owner: User;
let placeId: string;
let bytes: Buffer;
beforeAll(async () => {
  owner = await visitor();
  ({ placeId } = await createPlace(web, await ranger()));
  bytes = await phonePhoto();
});

const published = (photoId: string) => waitForEnd(web, owner, photoId, 'PUBLISHED');

/** The notification that S3 sends about a photo's object. */
async function notifyAgain({ bucket, key, size }: PhotoItem): Promise<void> {
  const s3 = { bucket: { name: bucket }, object: { key: encodeURIComponent(key), size, eTag: 'e' } };
  await aws.sqs.send(
    new SendMessageCommand({
      QueueUrl: stackOutput('backend', 'UploadQueueUrl'),
      MessageBody: JSON.stringify({
        Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Post', s3 }],
      }),
    }),
  );
}

/** `PhotoUploaded` as the backend sends it. */
function uploadedDetail(photo: PhotoItem) {
  const { bucket, key, size, etag = 'e', ownerId, statusAt } = photo;
  return eventRegistry.PhotoUploaded.detail.parse({
    metadata: { schema: 'PhotoUploaded@1', journeyId: photo.photoId, ownerId, occurredAt: statusAt },
    data: { photoId: photo.photoId, placeId: photo.placeId, workflow: 'v1', bucket, key, size, etag },
  });
}

async function sendAgain(photo: PhotoItem, times = 1): Promise<void> {
  const { source, detailType } = eventRegistry.PhotoUploaded;
  const entry = {
    EventBusName: outputs.busName,
    Source: source,
    DetailType: detailType,
    Detail: JSON.stringify(uploadedDetail(photo)),
  };
  await aws.events.send(new PutEventsCommand({ Entries: Array(times).fill(entry) }));
}

describe('A photo is published once', () => {
  it('when S3 reports it twice, before and after its end', async () => {
    // Prepare
    const photoId = await upload(web, owner, placeId, bytes);
    const photo = await itemOf(photoId);

    // Act
    await notifyAgain(photo);
    const { publishedAt } = await published(photoId);
    await notifyAgain(photo);

    // Assess
    const events = await journeyTo('PhotoPublished', owner, photoId);
    const runs = await finishedRuns(photoId, 1);
    expect(endsOf(runs).filter((end) => end === 'Photo Published')).toHaveLength(1);
    expect(runs.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(await itemOf(photoId)).toMatchObject({ status: 'PUBLISHED', publishedAt });
    expect(events.map(({ type }) => type)).toEqual([
      'PhotoUploaded',
      'PhotoProcessingStarted',
      'PhotoPublished',
    ]);
  });

  it('when reports about several photos come in the reverse order', async () => {
    // Prepare
    const ids = await Promise.all([1, 2, 3].map(() => upload(web, owner, placeId, bytes)));

    // Act
    for (const photoId of [...ids].reverse()) await notifyAgain(await itemOf(photoId));

    // Assess
    for (const photoId of ids) {
      await published(photoId);
      const runs = await finishedRuns(photoId, 1);
      expect(endsOf(runs).filter((end) => end === 'Photo Published')).toHaveLength(1);
    }
  });

  it('when its event comes again after its end: that execution ends as a success named Duplicate', async () => {
    // Prepare
    const photoId = await upload(web, owner, placeId, bytes);
    const { publishedAt } = await published(photoId);

    // Act
    await sendAgain(await itemOf(photoId));

    // Assess
    const runs = await finishedRuns(photoId, 2);
    expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(endsOf(runs)).toEqual(['Duplicate', 'Photo Published']);
    expect(await itemOf(photoId)).toMatchObject({ publishedAt });
  });

  it('when four executions take it at the same time', async () => {
    // Prepare: routed to a version that nobody has, the photo waits for whoever comes.
    const place = await createPlace(web, await ranger());
    await withMissingWorkflow(place.placeId, async () => {
      const photoId = await upload(web, owner, place.placeId, bytes);
      await waitForEnd(web, owner, photoId, 'UPLOADED');
      const input = JSON.stringify({ detail: uploadedDetail(await itemOf(photoId)) });
      const start = () =>
        aws.sfn.send(
          new StartExecutionCommand({ stateMachineArn: stackOutput('v1', 'StateMachineArn'), input }),
        );

      // Act
      await Promise.all([start(), start(), start(), start()]);

      // Assess
      await published(photoId);
      const runs = await finishedRuns(photoId, 4);
      expect(runs.map(({ status }) => status)).toEqual(Array(4).fill('SUCCEEDED'));
      expect(endsOf(runs)).toEqual(['Duplicate', 'Duplicate', 'Duplicate', 'Photo Published']);
      const holder = runs.find(({ states }) => states.at(-1) === 'Photo Published');
      expect(await itemOf(photoId)).toMatchObject({ executionId: holder?.arn });
      expect(runs.filter(({ states }) => states.includes('Make Renditions'))).toHaveLength(1);
    });
  });
});
