import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Review, reviewPage } from '#contracts/api/reviews.ts';
import { workflowsResponse } from '#contracts/api/workflows.ts';
import { rangerMessages } from '#contracts/photos.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import { type Call, callApi } from '../support/api.ts';
import { stackResources } from '../support/aws.ts';
import { listen } from '../support/listener.ts';
import { createPlace, expectBody, readPhoto, upload, waitForEnd } from '../support/photos.ts';
import { landscapePhoto } from '../support/pictures.ts';
import { newUser, type User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, ranger, topicPrefix, visitor, web } from './app.ts';
import { journeyWith } from './journeys.ts';
import { changeItem, itemOf, longAgo, sweepNow } from './photo-items.ts';

let owner: User;
let ray: User;
let rita: User;
let barista: User;
let admin: User;
let placeId: string;
let undo: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  [owner, ray, rita, barista, admin] = await Promise.all([
    visitor(),
    ranger(),
    ranger(),
    newUser(aws, outputs, ['baristas']),
    newUser(aws, outputs, ['admins']),
  ]);
  ({ placeId } = await createPlace(web, admin));
  await route({ [placeId]: 'v3' });
  undo = await doubtEverything();
});
afterAll(async () => {
  await Promise.all([undo(), route({})]);
});

/** Sends the photos of some places to a version of their own. */
async function route(places: Record<string, string>): Promise<void> {
  const { token } = admin;
  const { routing } = expectBody(workflowsResponse, 200, await callApi(web, 'GET', '/workflows', { token }));
  const body = { active: 'v1', places, revision: routing.revision };
  expect((await callApi(web, 'PUT', '/workflows/routing', { token, body })).status).toBe(200);
}

/** Has v3 find every photo doubtful, as its threshold parameters do; answers how to end that. */
async function doubtEverything(): Promise<() => Promise<void>> {
  const FunctionName = (await stackResources(aws, 'happy-path-workflow-v3')).get('ModeratePhotoFunction');
  const { Environment } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const set = async (Variables: Record<string, string>) => {
    await aws.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }),
    );
  };
  const before = Environment?.Variables ?? {};
  await set({ ...before, REVIEW_CONFIDENCE: '0', REJECT_CONFIDENCE: '100' });
  return () => set(before);
}

/** Sends a photo that ends up in review; another number is another picture. */
async function photoInReview(picture: number): Promise<string> {
  const photoId = await upload(web, owner, placeId, await landscapePhoto(picture), { caption: 'The falls' });
  await waitForEnd(web, owner, photoId, 'IN_REVIEW');
  return photoId;
}

/** Reads the whole queue. */
async function queue(user = ray): Promise<readonly Review[]> {
  const found: Review[] = [];
  let cursor: string | undefined;
  do {
    const path = `/reviews?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
    const page = expectBody(reviewPage, 200, await callApi(web, 'GET', path, { token: user.token }));
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

const approve = { decision: 'approve' } as const;
const decide = (user: User, photoId: string, body: object, headers: Call['headers'] = {}) =>
  callApi(web, 'POST', `/reviews/${photoId}`, { token: user.token, headers, body });
const retry = (user: User, photoId: string) =>
  callApi(web, 'POST', `/photos/${photoId}/retry`, { token: user.token });

describe('The queue of reviews', () => {
  it('shows rangers what flagged a photo, with a picture that only its link shows', async () => {
    // Prepare
    const first = await photoInReview(101);
    const second = await photoInReview(102);

    // Act
    const reviews = await queue();

    // Assess
    const mine = reviews.filter((one) => one.placeId === placeId);
    expect(mine.map((one) => one.photoId)).toEqual([first, second]);
    expect(mine[0]).toMatchObject({
      placeName: 'Test Park',
      caption: 'The falls',
      workflow: 'v3',
      details: { type: 'jpeg' },
    });
    expect(mine[0]?.labels).not.toEqual([]);
    const { url = '' } = mine[0]?.picture ?? {};
    const picture = await fetch(url);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    for (const other of [url.split('?')[0] ?? '', url.replaceAll(first, second)]) {
      expect((await fetch(other)).status).toBe(403);
    }
  });

  it('is closed to visitors, baristas and guests, and so is deciding', async () => {
    const photoId = await photoInReview(103);
    for (const [token, expected] of [
      [owner.token, 403],
      [barista.token, 403],
      [undefined, 401],
    ] as const) {
      const call = token === undefined ? {} : { token };
      expect((await callApi(web, 'GET', '/reviews', call)).status).toBe(expected);
      const answer = await callApi(web, 'POST', `/reviews/${photoId}`, { ...call, body: approve });
      expect(answer.status).toBe(expected);
    }
    expect((await itemOf(photoId)).decision).toBeUndefined();
  });

  it('is heard live by the staff and by nobody else', async () => {
    // Prepare
    await using staff = await listen(outputs.mqttUrl, topicPrefix, barista.token);
    await using stranger = await listen(outputs.mqttUrl, topicPrefix, owner.token);
    await using guest = await listen(outputs.mqttUrl, topicPrefix);
    expect(await staff.subscribe('staff/photos')).toBe(true);
    expect(await stranger.subscribe('staff/photos')).toBe(false);
    expect(await guest.subscribe('staff/photos')).toBe(false);

    // Act
    const photoId = await photoInReview(104);
    const { taskToken = '' } = await itemOf(photoId);
    await staff.hears('PhotoReviewRequested', photoId);
    expect((await decide(ray, photoId, { decision: 'reject', reason: 'UNREADABLE' })).status).toBe(200);
    await staff.hears('PhotoRejected', photoId);

    // Assess
    expect(taskToken).not.toBe('');
    expect(JSON.stringify(staff.heard)).not.toContain(taskToken);
    expect([...stranger.heard, ...guest.heard]).toEqual([]);
  });
});

describe('A decision', () => {
  it('to approve puts the photo on the map and takes it out of the queue', async () => {
    const photoId = await photoInReview(105);
    expect((await decide(ray, photoId, approve)).status).toBe(200);
    const published = await waitForEnd(web, owner, photoId, 'PUBLISHED');
    expect(published.workflow).toBe('v3');
    expect((await fetch(`${web}${published.renditions?.small.url}`)).status).toBe(200);
    expect((await queue()).map((one) => one.photoId)).not.toContain(photoId);
    expect((await itemOf(photoId)).taskToken).toBeUndefined();
  });

  it('leaves no picture behind once its visitor deletes the photo', async () => {
    // Prepare
    const photoId = await photoInReview(113);
    await decide(ray, photoId, approve);
    await waitForEnd(web, owner, photoId, 'PUBLISHED');
    const Prefix = objectKeys.staged(objectKeys.renditions(photoId));
    const staged = async () =>
      (await aws.s3.send(new ListObjectsV2Command({ Bucket: outputs.uploadBucket, Prefix }))).KeyCount;
    expect(await staged()).toBeGreaterThan(0);

    // Act
    await callApi(web, 'DELETE', `/photos/${photoId}`, { token: owner.token });

    // Assess
    await waitUntil('the staged pictures to go', async () => (await staged()) === 0 || undefined);
  });

  it('to reject tells the visitor why', async () => {
    const photoId = await photoInReview(106);
    await decide(ray, photoId, { decision: 'reject', reason: 'ADVERTISEMENT' });
    expect(await waitForEnd(web, owner, photoId, 'REJECTED')).toMatchObject({
      reason: 'ADVERTISEMENT',
      message: rangerMessages.ADVERTISEMENT,
      retryable: false,
    });
    expect((await retry(owner, photoId)).status).toBe(409);
  });

  it('is taken once, however many rangers decide at the same moment', async () => {
    // Prepare
    const photoId = await photoInReview(107);
    const { taskToken = '' } = await itemOf(photoId);

    // Act
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        number % 2
          ? decide(ray, photoId, approve)
          : decide(rita, photoId, { decision: 'reject', reason: 'OTHER' }),
      ),
    );

    // Assess
    const won = answers.flatMap(({ status }, number) => (status === 200 ? [number] : []));
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    await waitForEnd(web, owner, photoId, (won[0] ?? 0) % 2 ? 'PUBLISHED' : 'REJECTED');
    expect(JSON.stringify(answers)).not.toContain(taskToken);
    const end = (won[0] ?? 0) % 2 ? 'PhotoPublished' : 'PhotoRejected';
    const journey = await journeyWith([end], owner, photoId);
    expect(journey.filter(({ type }) => /^Photo(Published|Rejected)$/.test(type))).toHaveLength(1);
  });

  it('repeated under its Idempotency-Key has the first answer, and without is refused', async () => {
    const photoId = await photoInReview(108);
    const key = { 'Idempotency-Key': `decide-${photoId}` };
    const first = await decide(ray, photoId, approve, key);
    expect(await decide(ray, photoId, approve, key)).toMatchObject({ status: 200, body: first.body });
    expect(await decide(ray, photoId, approve)).toMatchObject({
      status: 409,
      body: { error: { message: 'You decided already: approved.' } },
    });
  });

  it('is refused when it comes late, is about an own photo, or about none in review', async () => {
    const own = await upload(web, ray, placeId, await landscapePhoto(109));
    await waitForEnd(web, ray, own, 'IN_REVIEW');
    expect((await decide(ray, own, approve)).status).toBe(403);
    await changeItem(own, { reviewBy: longAgo });
    expect(await decide(rita, own, approve)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/time for this decision is over/) } },
    });
    expect((await itemOf(own)).decision).toBeUndefined();
    expect((await decide(rita, '01K0A1B2C3D4E5F6G7H8J9KMNP', approve)).status).toBe(404);
  });
});

describe('A review whose execution died', () => {
  /** A photo in review with nobody who waits for its decision. */
  async function orphan(picture: number): Promise<string> {
    const photoId = await photoInReview(picture);
    await aws.sfn.send(new StopExecutionCommand({ executionArn: (await itemOf(photoId)).executionId }));
    return photoId;
  }
  const leaseOver = async (photoId: string) => {
    await changeItem(photoId, { reviewBy: longAgo, leaseExpiresAt: longAgo });
    await sweepNow(photoId);
  };

  it('ends as timed out when nobody decided, and its visitor asks for another look', async () => {
    // Prepare
    const photoId = await orphan(110);

    // Act
    await leaseOver(photoId);
    const timedOut = await readPhoto(web, owner, photoId);
    const byStaff = await retry(ray, photoId);
    const byOwner = await retry(owner, photoId);

    // Assess
    expect(timedOut).toMatchObject({ status: 'REJECTED', reason: 'REVIEW_TIMED_OUT', retryable: true });
    expect([byStaff.status, byOwner.status]).toEqual([409, 200]);
    await waitForEnd(web, owner, photoId, 'IN_REVIEW');
    expect((await decide(rita, photoId, approve)).status).toBe(200);
    await waitForEnd(web, owner, photoId, 'PUBLISHED');
  });

  it('keeps a refusal, and fails after an approval so that it can be tried again', async () => {
    // Prepare
    const [refused, approved] = [await orphan(111), await orphan(112)];
    expect((await decide(ray, refused, { decision: 'reject', reason: 'PEOPLE' })).status).toBe(200);
    expect((await decide(ray, approved, approve)).status).toBe(200);

    // Act
    await Promise.all([leaseOver(refused), leaseOver(approved)]);

    // Assess
    await waitForEnd(web, owner, refused, 'REJECTED');
    expect(await readPhoto(web, owner, refused)).toMatchObject({ reason: 'PEOPLE', retryable: false });
    await waitUntil('the approved one to fail', async () =>
      (await readPhoto(web, owner, approved)).status === 'FAILED' ? true : undefined,
    );
    expect((await retry(barista, approved)).status).toBe(200);
    await waitForEnd(web, owner, approved, 'IN_REVIEW');
    expect((await itemOf(approved)).decision).toBeUndefined();
  });
});
