import * as z from 'zod';
import { objectKeys } from '#contracts/tables/keys.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { S3OriginalStore } from '../../stores/original-store.ts';
import { S3RenditionStore } from '../../stores/rendition-store.ts';
import { makeRenditions, makeRenditionsInput } from './make-renditions.ts';

const config = loadConfig(
  {
    RENDITION_BUCKET: z.string().min(1),
    /** Empty, or where renditions wait in that bucket until their photo is decided. */
    RENDITION_PREFIX: z.enum(['', objectKeys.staged('')]),
  },
  process.env,
);

export const handler = taskHandler(
  makeRenditionsInput,
  makeRenditions({
    originals: new S3OriginalStore(s3()),
    renditions: new S3RenditionStore(s3(), config.RENDITION_BUCKET, config.RENDITION_PREFIX),
  }),
);
