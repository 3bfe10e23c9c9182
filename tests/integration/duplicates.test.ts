import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { createPlace, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { aws, ranger, stackOutput, visitor, web } from './app.ts';
import { journeyWith, publishedPhoto } from './journeys.ts';
import { endsOf, finishedRuns, itemOf } from './photo-items.ts';

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
    const events = await journeyWith(publishedPhoto, owner, photoId);
    const runs = await finishedRuns(photoId, 1);
    expect(endsOf(runs).filter((end) => end === 'Photo Published')).toHaveLength(1);
    expect(runs.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(await itemOf(photoId)).toMatchObject({ status: 'PUBLISHED', publishedAt });
    expect(events.map(({ type }) => type)).toEqual(publishedPhoto);
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
});
