import { ulid } from 'ulid';
import * as z from 'zod';
import { createPlaceRequest } from '#contracts/api/places.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { dynamodbIdempotency } from '#platform/middleware/idempotency.ts';
import { DynamoDbPlaceStore } from '../../stores/dynamodb-place-store.ts';
import { createPlace } from './create-place.ts';

const config = loadConfig(
  { TABLE_NAME: z.string().min(1), IDEMPOTENCY_TABLE: z.string().min(1) },
  process.env,
);
const places = new DynamoDbPlaceStore(dynamodb(), config.TABLE_NAME);

export const handler = apiHandler(
  {
    access: ['rangers', 'admins'],
    body: createPlaceRequest,
    status: 201,
    idempotency: dynamodbIdempotency(config.IDEMPOTENCY_TABLE, 24 * 60 * 60),
  },
  createPlace({ places, newId: () => ulid(), now: () => new Date() }),
);
