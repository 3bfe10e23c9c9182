import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { DynamoDbPlaceStore } from '../../stores/dynamodb-place-store.ts';
import { getPhoto } from './get-photo.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1) }, process.env);
const photos = new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME);

export const handler = apiHandler(
  { access: 'anyone', path: z.object({ photoId: ulidSchema }) },
  getPhoto({ photos, places: new DynamoDbPlaceStore(dynamodb(), config.TABLE_NAME) }),
);
