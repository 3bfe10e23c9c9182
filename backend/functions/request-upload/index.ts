import { ulid } from 'ulid';
import * as z from 'zod';
import { requestUploadRequest } from '#contracts/api/photos.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { uploadLimits } from '#contracts/photos.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { dynamodbIdempotency } from '#platform/middleware/idempotency.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { DynamoDbPlaceStore } from '../../stores/dynamodb-place-store.ts';
import { requestUpload } from './request-upload.ts';
import { S3UploadForms } from './s3-upload-forms.ts';

const name = z.string().min(1);
const config = loadConfig({ TABLE_NAME: name, IDEMPOTENCY_TABLE: name, UPLOAD_BUCKET: name }, process.env);

export const handler = apiHandler(
  {
    access: 'user',
    path: z.object({ placeId: ulidSchema }),
    body: requestUploadRequest,
    status: 201,
    // As long as the form it answers: a repetition must not be handed a form that is over.
    idempotency: dynamodbIdempotency(config.IDEMPOTENCY_TABLE, uploadLimits.formLifetimeSeconds),
  },
  requestUpload({
    places: new DynamoDbPlaceStore(dynamodb(), config.TABLE_NAME),
    photos: new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME),
    forms: new S3UploadForms(s3(), config.UPLOAD_BUCKET),
    bucket: config.UPLOAD_BUCKET,
    newId: () => ulid(),
    now: () => new Date(),
  }),
);
