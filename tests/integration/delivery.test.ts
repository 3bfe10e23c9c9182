import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { journey } from '#contracts/api/journeys.ts';
import { eventRegistry } from '#contracts/events/index.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { routingKey } from '#contracts/tables/keys.ts';
import { callApi } from '../support/api.ts';
import { createPlace, requestUpload, sendForm, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, ranger, stackOutput, visitor, web } from './app.ts';
import { changeItem, longAgo, type Run, readItem, runsOf, sweepNow } from './photo-items.ts';
import { freezeWorkers } from './workers.ts';

let owner: User;
let placeId: string;
let bytes: Buffer;
beforeAll(async () => {
  owner = await visitor();
  ({ placeId } = await createPlace(web, await ranger()));
  bytes = await phonePhoto();
});

const published = (photoId: string) => waitForEnd(web, owner, photoId, 'PUBLISHED');

/** Waits until as many executions as expected are over. */
function finishedRuns(photoId: string, count: number): Promise<readonly Run[]> {
  let seen: readonly Run[] = [];
  return waitUntil(
    `${count} finished executions`,
    async () => {
      seen = await runsOf(photoId);
      return seen.length >= count && seen.every(({ status }) => status !== 'RUNNING') ? seen : undefined;
    },
    { seen: () => seen.map(({ status, states }) => ({ status, states })) },
  );
}

const endsOf = (runs: readonly Run[]) => runs.map(({ states }) => states.at(-1)).sort();

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

async function itemOf(photoId: string): Promise<PhotoItem> {
  const item = await readItem(photoId);
  if (item) return item;
  throw new Error(`Expected photo ${photoId} to be in the table, got nothing`);
}

/** Types of a photo's journey. */
async function journeyOf(photoId: string): Promise<string[]> {
  const { body, status } = await callApi(web, 'GET', `/journeys/${photoId}`, { token: owner.token });
  return status === 200 ? journey.parse(body).events.map(({ type }) => type) : [];
}

const journeyHas = (photoId: string, type: string) =>
  waitUntil(
    `${type} in the journey of ${photoId}`,
    async () => (await journeyOf(photoId)).includes(type) || undefined,
  );

/** Has the photos of a place routed to a version that nobody deployed, while the work runs. */
async function withMissingWorkflow(place: string, work: () => Promise<void>): Promise<void> {
  const of = { TableName: outputs.tableName, Key: routingKey };
  const UpdateExpression = 'SET active = :active, places = :places';
  const write = (places: object) =>
    aws.dynamodb.send(
      new UpdateCommand({
        ...of,
        UpdateExpression,
        ExpressionAttributeValues: { ':active': 'v1', ':places': places },
      }),
    );
  await write({ [place]: 'v99' });
  await work().finally(() => write({}));
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
    await journeyHas(photoId, 'PhotoPublished');
    const runs = await finishedRuns(photoId, 1);
    expect(endsOf(runs).filter((end) => end === 'Photo Published')).toHaveLength(1);
    expect(runs.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(await itemOf(photoId)).toMatchObject({ status: 'PUBLISHED', publishedAt });
    expect(await journeyOf(photoId)).toEqual(['PhotoUploaded', 'PhotoProcessingStarted', 'PhotoPublished']);
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
      expect(runs.filter(({ states }) => states.includes('Resize Photo'))).toHaveLength(1);
    });
  });
});

describe('A photo is not lost', () => {
  it('when the worker that resizes it is killed in the middle: a retry takes another worker', async () => {
    // Prepare: a first photo makes sure that there is a worker to freeze.
    await published(await upload(web, owner, placeId, bytes));
    const workers = await freezeWorkers(stackOutput('v1', 'ResizePhotoFunctionName'));
    expect(workers.count).toBeGreaterThan(0);

    // Act
    const photoId = await upload(web, owner, placeId, bytes);
    await waitForEnd(web, owner, photoId, 'PROCESSING');
    await waitUntil('the worker to have the photo', async () => {
      const [run] = await runsOf(photoId);
      return run?.history.some(({ type }) => type === 'TaskScheduled' || type === 'TaskStarted') || undefined;
    });
    workers.kill();

    // Assess
    await published(photoId);
    const [run, ...others] = await finishedRuns(photoId, 1);
    expect(others).toEqual([]);
    expect(run?.history.filter(({ type }) => type === 'TaskFailed').length).toBeGreaterThan(0);
    expect(run?.states).toEqual([
      'Claim Photo',
      'Resize Photo',
      'Photo Acceptable?',
      'Publish Photo',
      'Photo Published',
    ]);
  });

  it('when its execution dies: after the lease the sweeper sends it again and another one publishes it', async () => {
    // Prepare
    const workers = await freezeWorkers(stackOutput('v1', 'ResizePhotoFunctionName'));
    const photoId = await upload(web, owner, placeId, bytes);
    await waitForEnd(web, owner, photoId, 'PROCESSING');
    const [dead] = await runsOf(photoId);
    await aws.sfn.send(new StopExecutionCommand({ executionArn: dead?.arn }));
    workers.kill();

    // Act: the lease ends.
    await changeItem(photoId, { leaseExpiresAt: longAgo });
    await sweepNow(photoId);

    // Assess
    await published(photoId);
    const runs = await finishedRuns(photoId, 2);
    expect(runs.find(({ arn }) => arn === dead?.arn)?.states).not.toContain('Publish Photo');
    expect(endsOf(runs).filter((end) => end === 'Photo Published')).toHaveLength(1);
    expect(await itemOf(photoId)).toMatchObject({ attempts: 1 });
  });

  it('when the lease is still held: the sweeper sends it again, and the execution that works on it finishes', async () => {
    // Prepare
    const workers = await freezeWorkers(stackOutput('v1', 'ResizePhotoFunctionName'));
    const photoId = await upload(web, owner, placeId, bytes);
    await waitForEnd(web, owner, photoId, 'PROCESSING');

    // Act
    await sweepNow(photoId);
    await waitUntil('the second execution to end', async () => {
      const runs = await runsOf(photoId);
      return runs.some(({ status }) => status === 'SUCCEEDED') || undefined;
    });
    workers.release();

    // Assess
    await published(photoId);
    const runs = await finishedRuns(photoId, 2);
    expect(endsOf(runs)).toEqual(['Duplicate', 'Photo Published']);
  });

  it('when the event about it is lost', async () => {
    // Prepare
    const place = await createPlace(web, await ranger());
    let photoId = '';
    await withMissingWorkflow(place.placeId, async () => {
      photoId = await upload(web, owner, place.placeId, bytes);
      await waitForEnd(web, owner, photoId, 'UPLOADED');
    });

    // Act
    await sweepNow(photoId);

    // Assess
    expect(await published(photoId)).toMatchObject({ workflow: 'v1' });
    expect(await itemOf(photoId)).toMatchObject({ attempts: 1 });
  });

  it('when the notification of S3 is lost', async () => {
    // Prepare: as if nobody had heard of the object that is there.
    const place = await createPlace(web, await ranger());
    let photoId = '';
    await withMissingWorkflow(place.placeId, async () => {
      photoId = await upload(web, owner, place.placeId, bytes);
      await waitForEnd(web, owner, photoId, 'UPLOADED');
      await changeItem(photoId, { status: 'AWAITING_UPLOAD' });
    });

    // Act
    await sweepNow(photoId);

    // Assess
    await published(photoId);
  });
});

describe('A photo that cannot be finished', () => {
  it('is given up after three more attempts, with a reason, an event and a journey', async () => {
    // Prepare
    const place = await createPlace(web, await ranger());
    await withMissingWorkflow(place.placeId, async () => {
      const photoId = await upload(web, owner, place.placeId, bytes);
      await waitForEnd(web, owner, photoId, 'UPLOADED');

      // Act
      const attempts: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        await sweepNow(photoId);
        attempts.push((await itemOf(photoId)).attempts);
      }
      await sweepNow(photoId);

      // Assess
      expect(attempts).toEqual([1, 2, 3]);
      const photo = await waitForEnd(web, owner, photoId, 'FAILED');
      expect(photo).toMatchObject({
        reason: 'ATTEMPTS_EXHAUSTED',
        message: expect.stringMatching(/send it again/i),
      });
      await journeyHas(photoId, 'PhotoFailed');
      expect(await readItem(photoId)).not.toHaveProperty('GSI3PK');
    });
  });

  it('because its original is gone fails its execution, and says so to its owner', async () => {
    // Prepare
    const workers = await freezeWorkers(stackOutput('v1', 'ResizePhotoFunctionName'));
    const photoId = await upload(web, owner, placeId, bytes);
    await waitForEnd(web, owner, photoId, 'PROCESSING');

    // Act
    const { bucket, key } = await itemOf(photoId);
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    workers.release();

    // Assess
    const photo = await waitForEnd(web, owner, photoId, 'FAILED');
    expect(photo).toMatchObject({
      reason: 'WORKFLOW_FAILED',
      message: expect.stringMatching(/send it again/i),
    });
    const [run] = await finishedRuns(photoId, 1);
    expect(run).toMatchObject({ status: 'FAILED' });
    expect(run?.states.slice(-2)).toEqual(['Record Failure', 'Workflow Failed']);
    expect(
      run?.history.filter(({ type }) => type === 'TaskFailed'),
      'tried once: it cannot come back',
    ).toHaveLength(1);
    await journeyHas(photoId, 'PhotoFailed');
  });

  it('because its bytes never came is forgotten', async () => {
    // Prepare
    const { photoId } = await requestUpload(web, owner, placeId);

    // Act
    await sweepNow(photoId);

    // Assess
    expect(await readItem(photoId)).toBeUndefined();
    expect((await callApi(web, 'GET', `/photos/${photoId}`, { token: owner.token })).status).toBe(404);
  });

  it('because it came after it was forgotten is not published', async () => {
    // Prepare
    const { photoId, upload: form } = await requestUpload(web, owner, placeId);
    await sweepNow(photoId);

    // Act
    const { status } = await sendForm(form, bytes);

    // Assess
    expect(status).toBe(204);
    const { placeId: elsewhere } = await createPlace(web, await ranger());
    await published(await upload(web, owner, elsewhere, bytes));
    expect(await readItem(photoId)).toBeUndefined();
  });
});
