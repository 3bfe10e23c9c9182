import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { uploadLimits } from '#contracts/photos.ts';
import type { Rendition } from '../../imaging/render.ts';
import {
  OriginalMissing,
  type OriginalStore,
  OriginalTooLarge,
  type RenditionStore,
} from './make-renditions.ts';

// A key's content never changes, so browsers may keep it for ever; shared caches let go within the hour, because
// a deleted photo has to be gone by then. A copy keeps this header, so it is right for staged renditions, too.
const cacheControl = 'public, max-age=31536000, s-maxage=3600, immutable';

/** Reads originals from S3, whole, up to the size that the upload form allows. */
export class S3OriginalStore implements OriginalStore {
  readonly #client: S3Client;

  constructor(client: S3Client) {
    this.#client = client;
  }

  async read(bucket: string, key: string): Promise<Uint8Array> {
    const { Body, ContentLength = 0 } = await this.#get(bucket, key);
    if (ContentLength > uploadLimits.maxBytes) {
      throw new OriginalTooLarge(
        `Expected at most ${uploadLimits.maxBytes} bytes in s3://${bucket}/${key}, got ${ContentLength}. Upload it by the form.`,
      );
    }
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  async #get(bucket: string, key: string) {
    try {
      return await this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    } catch (cause) {
      if (!(cause instanceof NoSuchKey)) throw cause;
      throw new OriginalMissing(
        `Expected the original at s3://${bucket}/${key}, got nothing. It expired or was deleted; upload the photo again.`,
        { cause },
      );
    }
  }
}

/** Writes renditions to where everybody sees them, or below a prefix, where they wait until the photo is decided. */
export class S3RenditionStore implements RenditionStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(client: S3Client, bucket: string, prefix: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  async write(key: string, { bytes, contentType }: Rendition): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: `${this.#prefix}${key}`,
        Body: bytes,
        ContentType: contentType,
        CacheControl: cacheControl,
      }),
    );
  }
}
