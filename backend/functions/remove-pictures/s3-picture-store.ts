import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { TransientError } from '#platform/errors.ts';
import type { PictureStore } from './remove-pictures.ts';

interface Buckets {
  readonly distribution: string;
  readonly upload: string;
}

/** Pictures in the distribution and the upload bucket. */
export class S3PictureStore implements PictureStore {
  readonly #client: S3Client;
  readonly #buckets: Buckets;

  constructor(client: S3Client, buckets: Buckets) {
    this.#client = client;
    this.#buckets = buckets;
  }

  removeRenditions(prefix: string): Promise<void> {
    return this.#removeBelow(this.#buckets.distribution, prefix);
  }

  removeStaged(prefix: string): Promise<void> {
    return this.#removeBelow(this.#buckets.upload, prefix);
  }

  async removeUpload(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#buckets.upload, Key: key }));
  }

  async #removeBelow(Bucket: string, prefix: string): Promise<void> {
    // A photo has a handful of renditions, far below one page.
    const { Contents = [] } = await this.#client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
    const Objects = Contents.flatMap(({ Key }) => (Key ? [{ Key }] : []));
    if (Objects.length === 0) return;
    const { Errors = [] } = await this.#client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0)
      throw new TransientError(`Expected to delete ${Objects.length} pictures, ${Errors.length} remain`);
  }
}
