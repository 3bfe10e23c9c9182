import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { PictureLinks } from './list-reviews.ts';

/** Presigned GETs of S3, made with the function's own right to read. */
export class S3PictureLinks implements PictureLinks {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  sign(key: string, seconds: number): Promise<string> {
    // Without the mode, the SDK signs the checksum of an empty body into the link.
    const picture = new GetObjectCommand({ Bucket: this.#bucket, Key: key, ChecksumMode: 'ENABLED' });
    return getSignedUrl(this.#client, picture, { expiresIn: seconds });
  }
}
