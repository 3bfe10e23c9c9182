import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PhotoView, photoViewPage } from '#contracts/api/photos.ts';
import { callApi } from '../support/api.ts';
import { listen } from '../support/listener.ts';
import { createPlace, expectBody, readPhoto, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import { newUser, type User } from '../support/users.ts';
import { aws, outputs, ranger, topicPrefix, visitor, web } from './app.ts';
import { journeyWith } from './journeys.ts';
import { changeItem, finishedRuns, itemOf, sweepNow, withMissingWorkflow } from './photo-items.ts';

let owner: User;
let staff: User;
let placeId: string;
let bytes: Buffer;
beforeAll(async () => {
  [owner, staff] = await Promise.all([visitor(), newUser(aws, outputs, ['baristas'])]);
  ({ placeId } = await createPlace(web, await ranger()));
  bytes = await phonePhoto();
});

/** A photo that the sweeper gave up on, because nobody ever claimed it. */
async function failedPhoto(): Promise<string> {
  let photoId = '';
  await withMissingWorkflow(placeId, async () => {
    photoId = await upload(web, owner, placeId, bytes);
    await waitForEnd(web, owner, photoId, 'UPLOADED');
    await changeItem(photoId, { attempts: 3 });
    await sweepNow(photoId);
  });
  await waitForEnd(web, owner, photoId, 'FAILED');
  return photoId;
}

const retry = (user: User, photoId: string, headers: Record<string, string> = {}) =>
  callApi(web, 'POST', `/photos/${photoId}/retry`, { token: user.token, headers });

/** The photos of the place in one status, as the staff finds them. */
async function found(status: PhotoView['status']): Promise<readonly PhotoView[]> {
  const path = `/photos?status=${status}&placeId=${placeId}&limit=100`;
  return expectBody(photoViewPage, 200, await callApi(web, 'GET', path, { token: staff.token })).items;
}
const ids = (photos: readonly PhotoView[]) => photos.map(({ photoId }) => photoId);

describe('A photo that failed', () => {
  it('is found by the staff with what they need to know, until it is retried', async () => {
    const photoId = await failedPhoto();
    const listed = (await found('FAILED')).find((photo) => photo.photoId === photoId);
    expect(listed).toMatchObject({
      reason: 'ATTEMPTS_EXHAUSTED',
      placeName: 'Test Park',
      attempts: 3,
      retryable: true,
      mine: false,
    });
    await using others = await listen(outputs.mqttUrl, topicPrefix, staff.token);
    expect(await others.subscribe('staff/photos')).toBe(true);
    expect((await retry(staff, photoId)).status).toBe(200);
    await others.hears('PhotoUploaded', photoId);
    await waitForEnd(web, owner, photoId, 'PUBLISHED');
    expect(ids(await found('FAILED'))).not.toContain(photoId);
    expect(ids(await found('PUBLISHED'))).toContain(photoId);
  });

  it('is published once, however many ask for it at the same moment', async () => {
    // Prepare
    const photoId = await failedPhoto();

    // Act
    const answers = await Promise.all([owner, staff, owner, staff].map((user) => retry(user, photoId)));

    // Assess
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await waitForEnd(web, owner, photoId, 'PUBLISHED')).toMatchObject({ workflow: 'v1' });
    const [run, ...others] = await finishedRuns(photoId, 1);
    expect(run?.states.at(-1)).toBe('Photo Published');
    expect(others).toEqual([]);
    const told = ['PhotoFailed', 'PhotoProcessingStarted', 'PhotoPublished'];
    const journey = await journeyWith(told, owner, photoId);
    expect(journey.map(({ type }) => type).filter((type) => type !== 'PhotoUploaded')).toEqual(told);
    expect(await itemOf(photoId)).toMatchObject({ attempts: 0 });
    expect((await itemOf(photoId)).reason).toBeUndefined();
  });

  it('can be lost again on its way and is sent again by the sweeper', async () => {
    const photoId = await failedPhoto();
    await withMissingWorkflow(placeId, async () => {
      expect((await retry(owner, photoId)).status).toBe(200);
      expect(ids(await found('UPLOADED'))).toContain(photoId);
    });
    await sweepNow(photoId);
    await waitForEnd(web, owner, photoId, 'PUBLISHED');
  });

  it('needs its original, and somebody who may ask', async () => {
    const photoId = await failedPhoto();
    const stranger = await visitor();
    expect((await retry(stranger, photoId)).status).toBe(404);
    expect((await callApi(web, 'POST', `/photos/${photoId}/retry`)).status).toBe(401);
    const { bucket, key } = await itemOf(photoId);
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    expect(await retry(owner, photoId)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/no longer kept/) } },
    });
    expect(await readPhoto(web, owner, photoId)).toMatchObject({ status: 'FAILED' });
  });
});

describe('The search', () => {
  it('is for the staff, and asks for a place where a list would have no end', async () => {
    const ask = async (path: string, token?: string) =>
      (await callApi(web, 'GET', path, token === undefined ? {} : { token })).status;
    expect(await ask('/photos?status=FAILED', owner.token)).toBe(403);
    expect(await ask('/photos?status=FAILED')).toBe(401);
    expect(await ask('/photos?status=PUBLISHED', staff.token)).toBe(400);
    expect(await ask('/photos?status=AWAITING_UPLOAD', staff.token)).toBe(400);
    for (const status of ['UPLOADED', 'PROCESSING', 'IN_REVIEW', 'REJECTED', 'FAILED']) {
      expect(await ask(`/photos?status=${status}`, staff.token), status).toBe(200);
    }
  });
});
