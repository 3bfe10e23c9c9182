import { S3Client } from '@aws-sdk/client-s3';

let client: S3Client | undefined;

/** The process's one S3 client; path style when an endpoint is given, since only AWS resolves bucket host names. */
export function s3(): S3Client {
  client ??= new S3Client({
    forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
    // S3 keeps a CRC-64 of every object, and the SDK would check it in JavaScript: 20 ms of CPU for 5 MB that TLS has
    // checked already.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return client;
}
