import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { uploadLimits } from '#contracts/photos.ts';

/** Where visitors' originals are. */
export interface OriginalStore {
  read(bucket: string, key: string): Promise<Uint8Array>;
}

/** The original is no longer in the upload bucket; trying again cannot bring it back. */
export class OriginalMissing extends Error {
  override name = 'OriginalMissing';
}

/** The original is larger than the upload form lets through, so it did not come by the form. */
export class OriginalTooLarge extends Error {
  override name = 'OriginalTooLarge';
}

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
