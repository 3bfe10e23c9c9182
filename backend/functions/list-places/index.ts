import * as z from 'zod';
import { listPlacesQuery } from '#contracts/api/places.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbPlaceStore } from '../../stores/dynamodb-place-store.ts';
import { listPlaces } from './list-places.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1) }, process.env);
const places = new DynamoDbPlaceStore(dynamodb(), config.TABLE_NAME);

export const handler = apiHandler(
  { access: 'anyone', query: listPlacesQuery, cacheControl: 'public, max-age=60' },
  listPlaces({ places }),
);
