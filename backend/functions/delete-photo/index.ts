import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { deletePhoto } from './delete-photo.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1) }, process.env);
const photos = new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME);

export const handler = apiHandler(
  { access: 'user', path: z.object({ photoId: ulidSchema }), status: 204 },
  deletePhoto({ photos, now: () => new Date() }),
);
