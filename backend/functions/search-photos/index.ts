import * as z from 'zod';
import { searchPhotosQuery } from '#contracts/api/photos.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { staffGroups } from '#platform/middleware/caller.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { DynamoDbPlaceStore } from '../../stores/dynamodb-place-store.ts';
import { searchPhotos } from './search-photos.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1) }, process.env);

export const handler = apiHandler(
  { access: staffGroups, query: searchPhotosQuery },
  searchPhotos({
    photos: new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME),
    places: new DynamoDbPlaceStore(dynamodb(), config.TABLE_NAME),
  }),
);
