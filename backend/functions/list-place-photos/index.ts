import * as z from 'zod';
import { listPhotosQuery } from '#contracts/api/photos.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { listPlacePhotos } from './list-place-photos.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1) }, process.env);
const photos = new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME);

export const handler = apiHandler(
  { access: 'anyone', path: z.object({ placeId: ulidSchema }), query: listPhotosQuery },
  listPlacePhotos({ photos }),
);
