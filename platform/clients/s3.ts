import { S3Client } from '@aws-sdk/client-s3';

let client: S3Client | undefined;

/** The process's one S3 client; path style when an endpoint is given, since only AWS resolves bucket host names. */
export function s3(): S3Client {
  client ??= new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  return client;
}
