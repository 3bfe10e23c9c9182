import * as z from 'zod';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { photoTypes } from '../../imaging/identify.ts';
import { S3OriginalStore } from '../../stores/original-store.ts';
import { DynamoDbPlaces, DynamoDbRefusedPictures, S3Previews } from './aws-adapters.ts';
import { inspectPhoto, inspectPhotoInput } from './inspect-photo.ts';

const config = loadConfig(
  {
    TABLE_NAME: z.string().min(1),
    PREVIEW_BUCKET: z.string().min(1),
    ALLOWED_TYPES: z
      .string()
      .default(photoTypes.join())
      .transform((list) => list.split(','))
      .pipe(z.array(z.enum(photoTypes)).min(1)),
    MIN_PIXELS: z.coerce.number().int().positive().default(800),
    NEAR_METERS: z.coerce.number().positive().default(2000),
  },
  process.env,
);

export const handler = taskHandler(
  inspectPhotoInput,
  inspectPhoto(
    {
      originals: new S3OriginalStore(s3()),
      places: new DynamoDbPlaces(dynamodb(), config.TABLE_NAME),
      refused: new DynamoDbRefusedPictures(dynamodb(), config.TABLE_NAME),
      previews: new S3Previews(s3(), config.PREVIEW_BUCKET),
    },
    { types: config.ALLOWED_TYPES, minPixels: config.MIN_PIXELS, nearMeters: config.NEAR_METERS },
  ),
);
