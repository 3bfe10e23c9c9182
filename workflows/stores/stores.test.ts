import { NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { uploadLimits } from '#contracts/photos.ts';
import { S3OriginalStore } from './original-store.ts';
import { S3RenditionStore } from './rendition-store.ts';

/** An S3 client that answers without a network. */
function stub(answer: () => object) {
  const client = new S3Client({ region: 'eu-central-1' });
  const sent: object[] = [];
  client.send = async ({ input }: { input: object }) => {
    sent.push(input);
    return answer();
  };
  return { client, sent };
}

describe('S3OriginalStore', () => {
  it('reads a whole original', async () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    const Body = { transformToByteArray: async () => bytes };
    const { client, sent } = stub(() => ({ Body, ContentLength: uploadLimits.maxBytes }));
    expect(await new S3OriginalStore(client).read('uploads', 'key')).toEqual(bytes);
    expect(sent).toEqual([{ Bucket: 'uploads', Key: 'key' }]);
  });

  it.each([
    ['is gone', { throws: new NoSuchKey({ message: '', $metadata: {} }) }, 'OriginalMissing'],
    ['is larger than the form allows', { ContentLength: uploadLimits.maxBytes + 1 }, 'OriginalTooLarge'],
    ['cannot be read just now', { throws: new Error('SlowDown') }, 'Error'],
  ])('says by the name of its error when an original %s', async (_name, answer, name) => {
    const { client } = stub(() => {
      if ('throws' in answer) throw answer.throws;
      return answer;
    });
    await expect(new S3OriginalStore(client).read('uploads', 'key')).rejects.toMatchObject({ name });
  });
});

describe('S3RenditionStore', () => {
  it.each(['', 'staged/'])('writes below the prefix "%s" what may be kept for ever', async (prefix) => {
    const { client, sent } = stub(() => ({}));
    const bytes = Uint8Array.from([1]);
    const rendition = {
      name: 'tile',
      extension: 'webp',
      contentType: 'image/webp',
      width: 1,
      height: 1,
    } as const;
    await new S3RenditionStore(client, 'pictures', prefix).write('photos/x/tile.webp', {
      ...rendition,
      bytes,
    });
    expect(sent).toEqual([
      {
        Bucket: 'pictures',
        Key: `${prefix}photos/x/tile.webp`,
        Body: bytes,
        ContentType: 'image/webp',
        CacheControl: expect.stringMatching(/^public, .*immutable/),
      },
    ]);
  });
});
