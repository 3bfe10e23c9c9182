import { readFileSync } from 'node:fs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { localClientConfig } from './aws.ts';
import type { LocalOutputs } from './outputs.ts';

/** The bucket that samples name; with a running app its own upload bucket stands in for it. */
const sampleBucket = 'happy-path-backend-uploadbucket-sample';
const sampleKey = 'uploads/7f9c2ba4-e88f-4f1b-9a0d-3c5e6b8d1f20/01JZF3QK8D7R2M5X9V4T6B1C0N';

/**
 * Reads a sample event and makes it true of the running app: its upload bucket is named, and the original lies there,
 * which the sample of remove-pictures takes away.
 */
export async function readSample(path: string, app: LocalOutputs | undefined): Promise<string> {
  const text = readFileSync(path, 'utf8');
  if (!app || !text.includes(sampleBucket)) return text;
  const background = { r: 90, g: 120, b: 70 };
  const Body = await sharp({ create: { width: 2000, height: 1500, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const s3 = new S3Client({ ...localClientConfig(app.endpoint), forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: app.uploadBucket, Key: sampleKey, Body }));
  return text.replaceAll(sampleBucket, app.uploadBucket);
}
