import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeAll, describe, expect, it } from 'vitest';
import { callApi } from '../support/api.ts';
import { createPlace, requestUpload, sendForm, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { aws, ranger, stackOutput, visitor, web } from './app.ts';
import { journeyWith } from './journeys.ts';
import {
  changeItem,
  endsOf,
  finishedRuns,
  itemOf,
  longAgo,
  readItem,
  runsOf,
  sweepNow,
  withMissingWorkflow,
} from './photo-items.ts';
import { freezeWorkers } from './workers.ts';

let owner: User;
let placeId: string;
let bytes: Buffer;
beforeAll(async () => {
  owner = await visitor();
  ({ placeId } = await createPlace(web, await ranger()));
  bytes = await phonePhoto();
  // There has to be an idle worker to stop.
  await published(await upload(web, owner, placeId, bytes));
});

const published = (photoId: string) => waitForEnd(web, owner, photoId, 'PUBLISHED');

describe('A photo is not lost', () => {
  it('when its execution dies: after the lease the sweeper sends it again and another one publishes it', async () => {
    // Prepare
    const workers = await freezeWorkers(stackOutput('v1', 'MakeRenditionsFunctionName'));
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

  it('nor sent again as long as the lease runs', async () => {
    // Prepare
    const workers = await freezeWorkers(stackOutput('v1', 'MakeRenditionsFunctionName'));
    const photoId = await upload(web, owner, placeId, bytes);
    await waitForEnd(web, owner, photoId, 'PROCESSING');

    // Act
    await sweepNow(photoId);
    workers.release();

    // Assess
    await published(photoId);
    expect(endsOf(await finishedRuns(photoId, 1))).toEqual(['Photo Published']);
    expect(await itemOf(photoId)).toMatchObject({ attempts: 0 });
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
      await journeyWith(['PhotoFailed'], owner, photoId);
      expect(await readItem(photoId)).not.toHaveProperty('GSI3PK');
    });
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
