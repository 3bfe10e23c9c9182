import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Rendition } from '../imaging/render.ts';

/** Where the pictures go that everybody may see, at once or once the photo is decided. */
export interface RenditionStore {
  write(key: string, rendition: Rendition): Promise<void>;
}

// A key's content never changes, so browsers may keep it for ever; shared caches let go within the hour, because
// a deleted photo has to be gone by then. A copy keeps this header, so it is right for staged renditions, too.
const cacheControl = 'public, max-age=31536000, s-maxage=3600, immutable';

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
