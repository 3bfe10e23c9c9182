import * as z from 'zod';
import { busEvent } from '#contracts/events/envelope.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { queueHandler } from '#platform/middleware/records.ts';
import { removePictures } from './remove-pictures.ts';
import { S3PictureStore } from './s3-picture-store.ts';

const config = loadConfig(
  { DISTRIBUTION_BUCKET: z.string().min(1), UPLOAD_BUCKET: z.string().min(1) },
  process.env,
);
const pictures = new S3PictureStore(s3(), {
  distribution: config.DISTRIBUTION_BUCKET,
  upload: config.UPLOAD_BUCKET,
});

export const handler = queueHandler(busEvent, removePictures({ pictures }));
