import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { PictureMissing, type PictureReference } from './labeler.ts';

/** Where pictures are read from, by engines that need their bytes. */
export interface PictureStore {
  read(picture: PictureReference): Promise<Uint8Array>;
}

/** Reads pictures from S3. */
export class S3Pictures implements PictureStore {
  readonly #client: S3Client;

  constructor(client: S3Client) {
    this.#client = client;
  }

  async read({ bucket, key }: PictureReference): Promise<Uint8Array> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw error;
      // Without its key and cause: errors are logged, and keys hold who took the photo.
      throw new PictureMissing('Expected a picture made from the photo, got nothing. Send the photo again.');
    }
  }
}
