import { randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { beforeAll, describe, expect, it } from 'vitest';
import { photoViewPage, requestUploadResponse } from '#contracts/api/photos.ts';
import { place } from '#contracts/api/places.ts';
import { uploadLimits } from '#contracts/photos.ts';
import { localClientConfig } from '../../scripts/lib/aws.ts';
import { callApi } from '../support/api.ts';
import { createPlace, expectBody, requestUpload, sendForm } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { outputs, ranger, visitor, web } from './app.ts';
import { readItem } from './photo-items.ts';

let staff: User;
let owner: User;
let placeId: string;
let bytes: Buffer;
beforeAll(async () => {
  [staff, owner] = [await ranger(), await visitor()];
  ({ placeId } = await createPlace(web, staff));
  bytes = await phonePhoto();
});

const laterPolicy = (policy: string) => {
  const { conditions } = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'));
  return Buffer.from(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions })).toString('base64');
};

describe('The upload form', () => {
  it.each<[string, (fields: Record<string, string>) => Record<string, string | undefined>]>([
    ['another key', ({ key = '' }) => ({ key: `${key}x` })],
    [
      "a stranger's key",
      ({ key = '' }) => ({ key: key.replace(/^uploads\/[^/]+/, 'uploads/somebody-else') }),
    ],
    ['a key outside the folder', () => ({ key: 'photos/x/tile.webp' })],
    ['a content type that it does not name', () => ({ 'Content-Type': 'text/html' })],
    ['another accepted content type', () => ({ 'Content-Type': 'image/png' })],
    ['no content type', () => ({ 'Content-Type': undefined })],
    ['a field that it does not name', () => ({ 'x-amz-meta-note': 'hello' })],
    ['an access list of its own', () => ({ acl: 'public-read' })],
    ['a forged signature', () => ({ 'X-Amz-Signature': 'f'.repeat(64) })],
    ['a policy made longer lasting', ({ Policy = '' }) => ({ Policy: laterPolicy(Policy) })],
    ['no policy', () => ({ Policy: undefined, 'X-Amz-Signature': undefined })],
  ])('refuses %s, and the photo goes on waiting', async (_name, change) => {
    // Prepare
    const { photoId, upload } = await requestUpload(web, owner, placeId);

    // Act
    const { status } = await sendForm(upload, bytes, change(upload.fields));

    // Assess
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(await readItem(photoId)).toMatchObject({ status: 'AWAITING_UPLOAD' });
  });

  it.each([
    ['no bytes', 0],
    ['one byte more than allowed', uploadLimits.maxBytes + 1],
  ])('refuses a file of %s', async (_name, size) => {
    // Prepare
    const { photoId, upload } = await requestUpload(web, owner, placeId);

    // Act
    const { status } = await sendForm(upload, Buffer.alloc(size));

    // Assess
    expect(status).toBe(400);
    expect(await readItem(photoId)).toMatchObject({ status: 'AWAITING_UPLOAD' });
  });

  it('refuses a file after its time', async () => {
    // Prepare: the same form as the function's, signed an hour ago.
    const { upload } = await requestUpload(web, owner, placeId);
    const signer = new S3Client({
      ...localClientConfig(new URL(upload.url).origin),
      forcePathStyle: true,
      systemClockOffset: -3_600_000,
    });
    const expired = await createPresignedPost(signer, {
      Bucket: outputs.uploadBucket,
      Key: upload.fields.key ?? '',
      Expires: 300,
    });
    const current = await createPresignedPost(signer, {
      Bucket: outputs.uploadBucket,
      Key: `${upload.fields.key}x`,
      Expires: 7200,
    });

    // Act
    const late = await sendForm({ ...upload, ...expired }, bytes);
    const inTime = await sendForm({ ...upload, ...current }, bytes);

    // Assess
    expect(late.status).toBe(403);
    expect(late.text).toMatch(/expired/i);
    expect(inTime.status, 'the same signer is believed before its time is over').toBe(204);
  });

  it('lasts five minutes and says so', async () => {
    // Act
    const { upload } = await requestUpload(web, owner, placeId);

    // Assess
    const { expiration } = JSON.parse(Buffer.from(upload.fields.Policy ?? '', 'base64').toString('utf8'));
    const seconds = (Date.parse(expiration) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(280);
    expect(seconds).toBeLessThanOrEqual(300);
    expect(Math.abs(Date.parse(upload.expiresAt) - Date.parse(expiration))).toBeLessThan(5000);
    expect(upload.maxBytes).toBe(uploadLimits.maxBytes);
  });
});

describe('An Idempotency-Key', () => {
  const body = { contentType: 'image/jpeg', size: 1000 };
  const ask = (user: User, key: string, given: object = body) =>
    callApi(web, 'POST', `/places/${placeId}/photos`, {
      token: user.token,
      headers: { 'Idempotency-Key': key },
      body: given,
    });
  const photosOf = async ({ token }: User) =>
    expectBody(photoViewPage, 200, await callApi(web, 'GET', '/me/photos', { token })).items;

  it('gives the same answer again and makes no second photo', async () => {
    // Prepare
    const user = await visitor();
    const key = randomUUID();

    // Act
    const first = expectBody(requestUploadResponse, 201, await ask(user, key));
    const second = expectBody(requestUploadResponse, 201, await ask(user, key));

    // Assess
    expect(second).toEqual(first);
    expect(await photosOf(user)).toHaveLength(1);
  });

  it('under which another request came is refused', async () => {
    // Prepare
    const user = await visitor();
    const key = randomUUID();
    await ask(user, key);

    // Act
    const answer = await ask(user, key, { ...body, size: 1001 });

    // Assess
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } } });
    expect(await photosOf(user)).toHaveLength(1);
  });

  it('makes one photo of many requests at once', async () => {
    // Prepare
    const user = await visitor();
    const key = randomUUID();

    // Act
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(user, key)));

    // Assess
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await photosOf(user)).toHaveLength(1);
  });

  it('of one user is not that of another', async () => {
    // Prepare
    const [one, other] = [await visitor(), await visitor()];
    const key = randomUUID();

    // Act
    const first = expectBody(requestUploadResponse, 201, await ask(one, key));
    const second = expectBody(requestUploadResponse, 201, await ask(other, key));

    // Assess
    expect(second.photoId).not.toBe(first.photoId);
    expect(second.upload.fields.key).toContain(other.userId);
  });

  it('does not hold a refused request against the next one', async () => {
    // Prepare
    const user = await visitor();
    const key = randomUUID();
    const refused = await ask(user, key, { ...body, size: 0 });

    // Act
    const answer = await ask(user, key);

    // Assess
    expect([refused.status, answer.status]).toEqual([400, 201]);
  });

  it.each(['x'.repeat(129), 'a b', 'ä'])('of a wrong form is refused: %s', async (key) => {
    // Act
    const answer = await ask(owner, key);

    // Assess
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_REQUEST' } } });
  });

  it('is honoured for places as well', async () => {
    // Prepare
    const call = {
      token: staff.token,
      headers: { 'Idempotency-Key': randomUUID() },
      body: { type: 'trail', name: 'Once Only', location: { lat: 5, lng: 5 } },
    };

    // Act
    const first = expectBody(place, 201, await callApi(web, 'POST', '/places', call));
    const second = expectBody(place, 201, await callApi(web, 'POST', '/places', call));

    // Assess
    expect(second).toEqual(first);
  });
});
