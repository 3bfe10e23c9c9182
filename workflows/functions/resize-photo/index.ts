import * as z from 'zod';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { resizePhoto, resizePhotoInput } from './resize-photo.ts';
import { S3OriginalStore, S3RenditionStore } from './s3-stores.ts';

const config = loadConfig({ DISTRIBUTION_BUCKET: z.string().min(1) }, process.env);

export const handler = taskHandler(
  resizePhotoInput,
  resizePhoto({
    originals: new S3OriginalStore(s3()),
    renditions: new S3RenditionStore(s3(), config.DISTRIBUTION_BUCKET),
  }),
);
