import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { photoView, photoViewPage, publicPhotoPage } from '#contracts/api/photos.ts';
import { makeSamples } from '../../scripts/samples.ts';
import { callApi } from '../support/api.ts';
import { listen } from '../support/listener.ts';
import { createPlace, expectBody, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, ranger, topicPrefix, visitor, web } from './app.ts';
import { journeyWith, publishedPhoto } from './journeys.ts';

async function keysBelow(bucket: string, prefix: string): Promise<string[]> {
  const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

describe('An uploaded photo', () => {
  it('appears in every list and in its journey', async () => {
    // Prepare
    const owner = await visitor();
    const place = await createPlace(web, await ranger());

    // Act
    const bytes = await phonePhoto({ orientation: 6, width: 640, height: 480 });
    const photoId = await upload(web, owner, place.placeId, bytes, { caption: '  Trail closed  ' });
    const photo = await waitForEnd(web, owner, photoId, 'PUBLISHED');

    // Assess
    expect(photo).toMatchObject({
      width: 480,
      height: 640,
      caption: 'Trail closed',
      workflow: 'v1',
      mine: true,
    });
    const listed = await callApi(web, 'GET', `/places/${place.placeId}/photos`);
    expect(expectBody(publicPhotoPage, 200, listed).items).toMatchObject([{ photoId }]);
    expect(JSON.stringify(listed.body)).not.toContain(owner.userId);
    const mine = await callApi(web, 'GET', '/me/photos', { token: owner.token });
    expect(expectBody(photoViewPage, 200, mine).items).toMatchObject([{ photoId, status: 'PUBLISHED' }]);
    const guest = await callApi(web, 'GET', `/photos/${photoId}`);
    expect(expectBody(photoView, 200, guest)).toMatchObject({ status: 'PUBLISHED', mine: false });
    const events = await journeyWith(publishedPhoto, owner, photoId);
    expect(events.map(({ type }) => type)).toEqual(publishedPhoto);
    const times = events.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
  });

  it('of twelve megapixels from a camera is published and served by the web server', async () => {
    // Prepare
    const [sample] = await makeSamples({ folder: join(tmpdir(), 'happy-path-test-samples'), count: 1 });
    if (!sample) throw new Error('Expected a sample photo, got none');
    const owner = await visitor();
    const place = await createPlace(web, await ranger());

    // Act
    const photoId = await upload(web, owner, place.placeId, await readFile(sample.path));
    const photo = await waitForEnd(web, owner, photoId, 'PUBLISHED');

    // Assess
    expect(photo).toMatchObject({ width: sample.width, height: sample.height });
    const large = await fetch(web + photo.renditions?.large.url);
    expect(large.status).toBe(200);
    expect(large.headers.get('content-type')).toBe('image/webp');
    expect(large.headers.get('x-content-type-options')).toBe('nosniff');
    const { width = 0, height = 0 } = await sharp(Buffer.from(await large.arrayBuffer())).metadata();
    expect(Math.max(width, height)).toBe(1600);
  });

  it('is heard by guests at its place and by its owner, and by nobody who may not', async () => {
    // Prepare
    const owner = await visitor();
    const stranger = await visitor();
    const place = await createPlace(web, await ranger());
    await using guest = await listen(outputs.mqttUrl, topicPrefix);
    await using self = await listen(outputs.mqttUrl, topicPrefix, owner.token);
    await using other = await listen(outputs.mqttUrl, topicPrefix, stranger.token);
    expect(await guest.subscribe(`places/${place.placeId}`)).toBe(true);
    expect(await self.subscribe(`users/${owner.userId}`)).toBe(true);
    expect(await other.subscribe(`users/${stranger.userId}`)).toBe(true);

    // Act
    const photoId = await upload(web, owner, place.placeId, await phonePhoto());

    // Assess
    const atPlace = await guest.hears('PhotoPublished', photoId);
    expect(atPlace.topic).toBe(`${topicPrefix}/places/${place.placeId}`);
    expect(JSON.stringify(atPlace)).not.toContain(owner.userId);
    await self.hears('PhotoProcessingStarted', photoId);
    await self.hears('PhotoPublished', photoId);
    expect(guest.heard.map(({ message }) => message.type)).toEqual(['PhotoPublished']);
    expect(other.heard).toEqual([]);
  });

  it('can be deleted: its pictures go, its lists forget it and its place hears of it', async () => {
    // Prepare
    const owner = await visitor();
    const place = await createPlace(web, await ranger());
    await using guest = await listen(outputs.mqttUrl, topicPrefix);
    await guest.subscribe(`places/${place.placeId}`);
    const photoId = await upload(web, owner, place.placeId, await phonePhoto());
    const { renditions } = await waitForEnd(web, owner, photoId, 'PUBLISHED');
    expect(await keysBelow(outputs.distributionBucket, `photos/${photoId}/`)).toHaveLength(4);

    // Act
    const { token } = owner;
    const deleted = await callApi(web, 'DELETE', `/photos/${photoId}`, { token });
    const again = await callApi(web, 'DELETE', `/photos/${photoId}`, { token });

    // Assess
    expect([deleted.status, again.status]).toEqual([204, 204]);
    await guest.hears('PhotoDeleted', photoId);
    await waitUntil('the pictures to be gone', async () => {
      const left = [
        ...(await keysBelow(outputs.distributionBucket, `photos/${photoId}/`)),
        ...(await keysBelow(outputs.uploadBucket, `uploads/${owner.userId}/${photoId}`)),
      ];
      return left.length === 0 || undefined;
    });
    expect((await fetch(web + renditions?.tile.url)).status).toBe(404);
    expect((await callApi(web, 'GET', `/photos/${photoId}`, { token })).status).toBe(404);
    expect((await callApi(web, 'GET', `/places/${place.placeId}/photos`)).body).toEqual({ items: [] });
    expect((await callApi(web, 'GET', '/me/photos', { token })).body).toEqual({ items: [] });
  });
});

describe('The notification channel', () => {
  it.each(['users/+', 'users/#', '#', '+/+', '../../#', 'staff/photos'])(
    'keeps a guest from the topic %s',
    async (topic) => {
      // Prepare
      await using guest = await listen(outputs.mqttUrl, topicPrefix);

      // Act
      const granted = await guest.subscribe(topic);

      // Assess
      expect(granted).toBe(false);
    },
  );

  it("keeps a user from a stranger's topic", async () => {
    // Prepare
    const [one, other] = [await visitor(), await visitor()];
    await using connection = await listen(outputs.mqttUrl, topicPrefix, one.token);

    // Act
    const granted = await connection.subscribe(`users/${other.userId}`);

    // Assess
    expect(granted).toBe(false);
  });

  it('lets nobody publish', async () => {
    // Prepare
    const { userId, token } = await visitor();
    await using reader = await listen(outputs.mqttUrl, topicPrefix, token);
    await reader.subscribe(`users/${userId}`);
    await using writer = await listen(outputs.mqttUrl, topicPrefix, token);

    // Act
    const published = await writer.publish(`users/${userId}`, '{"type":"PhotoPublished"}');

    // Assess
    expect(published).toBe(false);
    expect(reader.heard).toEqual([]);
  });

  it('turns a forged token away at the door', async () => {
    // Act
    const connecting = listen(outputs.mqttUrl, topicPrefix, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x');

    // Assess
    await expect(connecting).rejects.toThrow();
  });
});
