import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { uploadLimits } from '#contracts/photos.ts';
import type { UploadForms } from './request-upload.ts';

/** Presigned POST forms of S3: the policy fixes the key, the content type and the size range. */
export class S3UploadForms implements UploadForms {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  sign({ key, contentType }: { key: string; contentType: string }) {
    return createPresignedPost(this.#client, {
      Bucket: this.#bucket,
      Key: key,
      Expires: uploadLimits.formLifetimeSeconds,
      Fields: { 'Content-Type': contentType },
      Conditions: [
        ['eq', '$Content-Type', contentType],
        ['content-length-range', uploadLimits.minBytes, uploadLimits.maxBytes],
      ],
    });
  }
}
