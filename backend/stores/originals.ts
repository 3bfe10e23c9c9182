import { HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';

/** An object that has arrived in the upload bucket. */
export interface Arrival {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

/** Looks whether an upload's bytes are there. */
export interface Originals {
  find(bucket: string, key: string): Promise<Arrival | undefined>;
}

/** Originals in S3. */
export class S3Originals implements Originals {
  readonly #client: S3Client;

  constructor(client: S3Client) {
    this.#client = client;
  }

  async find(bucket: string, key: string): Promise<Arrival | undefined> {
    try {
      const { ContentLength: size = 0, ETag = '' } = await this.#client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: key }),
      );
      return { bucket, key, size, etag: ETag.replaceAll('"', '') };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
}
