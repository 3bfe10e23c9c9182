import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import { busEvent } from '#contracts/events/envelope.ts';
import { notification } from '#contracts/notifications.ts';
import { stubClient } from '#platform/testing/stub-client.ts';
import { ownerId, photoId, placeId, time } from '../testing/samples.ts';
import { IotChannel } from './notify-subscribers/iot-channel.ts';
import { notifySubscribers } from './notify-subscribers/notify-subscribers.ts';
import { removePictures } from './remove-pictures/remove-pictures.ts';
import { S3PictureStore } from './remove-pictures/s3-picture-store.ts';
import { S3UploadForms } from './request-upload/s3-upload-forms.ts';

const data = { photoId, placeId };
const event = (metadata: object = {}, type = 'PhotoDeleted') =>
  busEvent.parse({
    id: 'e1',
    source: 'happy-path.backend',
    'detail-type': type,
    time,
    detail: { metadata: { schema: `${type}@1`, journeyId: photoId, occurredAt: time, ...metadata }, data },
  });
const region = 'eu-central-1';
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

describe('notifySubscribers', () => {
  it('passes an event of any kind on to each topic it names, without its owner', async () => {
    const publish = vi.fn(async (_topic: string, _notification: unknown) => undefined);
    await notifySubscribers({ channel: { publish } })(
      event({ ownerId, notify: ['users/a', 'cafes/b'] }, 'New'),
    );
    const message = { type: 'New', time, journeyId: photoId, data };
    expect(publish.mock.calls).toEqual([
      ['users/a', message],
      ['cafes/b', message],
    ]);
    expect(notification.parse(message)).toEqual(message);
  });

  it('is silent when no topic is named, and fails when a topic cannot be reached', async () => {
    const publish = vi.fn().mockRejectedValue(new Error('down'));
    await notifySubscribers({ channel: { publish } })(event());
    expect(publish).not.toHaveBeenCalled();
    await expect(notifySubscribers({ channel: { publish } })(event({ notify: ['users/a'] }))).rejects.toThrow(
      'down',
    );
  });

  it('publishes below the stage, at least once', async () => {
    const { client, sent } = stubClient(new IoTDataPlaneClient({ region }));
    const message = { type: 'New', time, journeyId: photoId, data };
    await new IotChannel(client, 'happy-path/dev').publish('users/a', message);
    expect(sent[0]?.input).toEqual({
      topic: 'happy-path/dev/users/a',
      qos: 1,
      payload: Buffer.from(JSON.stringify(message)),
    });
  });
});

describe('removePictures', () => {
  it('removes the renditions, what is left of their wait, and the original', async () => {
    const pictures = { removeRenditions: vi.fn(), removeStaged: vi.fn(), removeUpload: vi.fn() };
    await removePictures({ pictures })(event({ ownerId }));
    expect(pictures.removeRenditions).toHaveBeenCalledExactlyOnceWith(`photos/${photoId}/`);
    expect(pictures.removeStaged).toHaveBeenCalledExactlyOnceWith(`staged/photos/${photoId}/`);
    expect(pictures.removeUpload).toHaveBeenCalledExactlyOnceWith(`uploads/auth0%7Crose/${photoId}`);
  });

  it('removes the renditions of a photo whose owner is not named, and refuses another kind of data', async () => {
    const pictures = { removeRenditions: vi.fn(), removeStaged: vi.fn(), removeUpload: vi.fn() };
    await removePictures({ pictures })(event());
    expect(pictures.removeUpload).not.toHaveBeenCalled();
    const other = event();
    const attempt = removePictures({ pictures })({ ...other, detail: { ...other.detail, data: {} } });
    await expect(attempt).rejects.toMatchObject({ name: 'ZodError' });
  });

  const buckets = { distribution: 'pictures', upload: 'uploads' };

  it('deletes what S3 lists below the prefix', async () => {
    const listed = { Contents: [{ Key: 'photos/1/a' }, {}, { Key: 'photos/1/b' }] };
    const { client, sent } = stubClient(new S3Client({ region }), listed);
    const store = new S3PictureStore(client, buckets);
    await store.removeRenditions('photos/1/');
    await store.removeUpload('uploads/a/1');
    expect(sent.map(({ name }) => name)).toEqual([
      'ListObjectsV2Command',
      'DeleteObjectsCommand',
      'DeleteObjectCommand',
    ]);
    expect(sent[1]?.input).toMatchObject({
      Bucket: 'pictures',
      Delete: { Objects: [{ Key: 'photos/1/a' }, { Key: 'photos/1/b' }] },
    });
    expect(sent[2]?.input).toEqual({ Bucket: 'uploads', Key: 'uploads/a/1' });
    await store.removeStaged('staged/photos/1/');
    expect(sent[3]?.input).toEqual({ Bucket: 'uploads', Prefix: 'staged/photos/1/' });
  });

  it('is done when nothing is there, and comes again when something remains', async () => {
    const { client, sent } = stubClient(
      new S3Client({ region }),
      {},
      { Contents: [{ Key: 'a' }] },
      { Errors: [{}] },
    );
    const store = new S3PictureStore(client, buckets);
    await store.removeRenditions('photos/1/');
    expect(sent).toHaveLength(1);
    await expect(store.removeRenditions('photos/1/')).rejects.toMatchObject({ name: 'TransientError' });
  });
});

describe('S3UploadForms', () => {
  it('fixes key, type, size and time in the policy', async () => {
    const forms = new S3UploadForms(new S3Client({ region, credentials }), 'uploads');
    const { url, fields } = await forms.sign({ key: 'uploads/a/1', contentType: 'image/png' });
    const policy = JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString());
    expect(url).toContain('uploads');
    expect(fields).toMatchObject({ key: 'uploads/a/1', 'Content-Type': 'image/png' });
    expect(policy.conditions).toContainEqual(['eq', '$Content-Type', 'image/png']);
    expect(policy.conditions).toContainEqual(['content-length-range', 1, 20 * 1024 * 1024]);
    expect(policy.conditions).toContainEqual({ key: 'uploads/a/1' });
    expect(policy.conditions).toContainEqual({ bucket: 'uploads' });
    const lifetime = Date.parse(policy.expiration) - Date.now();
    expect(lifetime).toBeGreaterThan(290_000);
    expect(lifetime).toBeLessThanOrEqual(301_000);
  });
});
