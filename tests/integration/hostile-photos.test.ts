import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { type HostileFile, hostileFiles } from '../support/hostile-files.ts';
import { createPlace, requestUpload, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import type { User } from '../support/users.ts';
import { aws, ranger, visitor, web } from './app.ts';
import { expectNoDeadLetters } from './dead-letters.ts';
import { readItem, runsOf } from './photo-items.ts';

let owner: User;
let placeId: string;
beforeAll(async () => {
  owner = await visitor();
  ({ placeId } = await createPlace(web, await ranger()));
});

/** Sends files a few at a time, as one user's phone does, and waits for the end of each. */
async function sendAll(files: readonly HostileFile[]) {
  const waiting = [...files];
  const ends: Record<string, unknown>[] = [];
  const lane = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const photoId = await upload(web, owner, placeId, file.bytes);
      const photo = await waitForEnd(web, owner, photoId);
      ends.push({
        name: file.name,
        end: photo.reason ?? photo.status,
        photoId,
        message: photo.message ?? '',
      });
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  return ends;
}

describe('Hostile photos', () => {
  it('end with their reason, odd ones are published, and the stack stays healthy', async () => {
    // Prepare
    const files = await hostileFiles();

    // Act
    const ends = await sendAll(files);

    // Assess
    const byName = (list: readonly { name?: unknown; end?: unknown }[]) =>
      Object.fromEntries(list.map(({ name, end }) => [name, end]));
    expect(byName(ends)).toEqual(byName(files));
    for (const { end, message } of ends) expect(message === '').toBe(end === 'PUBLISHED');
    const good = await upload(web, owner, placeId, await phonePhoto());
    await waitForEnd(web, owner, good, 'PUBLISHED');
    for (const { photoId } of ends) {
      const runs = await runsOf(String(photoId));
      expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED']);
    }
    await expectNoDeadLetters();
  }, 120_000);

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
    await expectNoDeadLetters();
  });
});
