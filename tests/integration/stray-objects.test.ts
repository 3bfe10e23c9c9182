import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPlace, requestUpload, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { aws, ranger, visitor, web } from './app.ts';
import { expectEmptyQueue } from './dead-letters.ts';
import { readItem } from './photo-items.ts';

let owner: User;
let placeId: string;
beforeAll(async () => {
  owner = await visitor();
  ({ placeId } = await createPlace(web, await ranger()));
});

describe('Objects', () => {
  it('of no bytes that came round the form are refused as empty', async () => {
    // Prepare
    const { photoId } = await requestUpload(web, owner, placeId);
    const { bucket = '', key = '' } = (await readItem(photoId)) ?? {};

    // Act
    await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: new Uint8Array() }));

    // Assess
    const photo = await waitForEnd(web, owner, photoId, 'REJECTED');
    expect(photo).toMatchObject({ reason: 'EMPTY', message: expect.stringMatching(/empty/i) });
  });

  it.each([
    'uploads/',
    'uploads/x',
    'uploads/x/y',
    'uploads/%/01HAPPYPATH000000000000001',
    'uploads/a+b/ü & =.jpg',
  ])('under a key that is no upload are ignored: %s', async (key) => {
    // Prepare
    const { photoId } = await requestUpload(web, owner, placeId);
    const { bucket = '' } = (await readItem(photoId)) ?? {};

    // Act
    await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await phonePhoto() }));

    // Assess
    await waitForEnd(web, owner, await upload(web, owner, placeId, await phonePhoto()), 'PUBLISHED');
    // What failed would come back after three minutes only.
    await expectEmptyQueue('UploadQueue');
  });
});
