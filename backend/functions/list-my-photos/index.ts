import * as z from 'zod';
import { listPhotosQuery } from '#contracts/api/photos.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { listMyPhotos } from './list-my-photos.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1) }, process.env);
const photos = new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME);

export const handler = apiHandler({ access: 'user', query: listPhotosQuery }, listMyPhotos({ photos }));
