import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** A file of a receipt. */
export interface ReceiptFile {
  readonly key: string;
  readonly contentType: string;
  readonly body: string;
}

/** Keeps receipts where nobody reads them without a link. */
export interface ReceiptStore {
  write(file: ReceiptFile): Promise<void>;
  /** A URL that shows one file to whoever holds it. */
  sign(key: string, seconds: number): Promise<string>;
}

/** Receipts in a private bucket of S3. */
export class S3ReceiptStore implements ReceiptStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async write({ key, contentType, body }: ReceiptFile): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: 'private, no-store',
      }),
    );
  }

  sign(key: string, seconds: number): Promise<string> {
    // Without the mode, the SDK signs the checksum of an empty body into the link.
    const file = new GetObjectCommand({ Bucket: this.#bucket, Key: key, ChecksumMode: 'ENABLED' });
    return getSignedUrl(this.#client, file, { expiresIn: seconds });
  }
}
