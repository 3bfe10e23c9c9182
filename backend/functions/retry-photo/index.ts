import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { eventbridge } from '#platform/clients/eventbridge.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { EventBridgeBus } from '#platform/event-bus.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { dynamodbIdempotency } from '#platform/middleware/idempotency.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { S3Originals } from '../../stores/originals.ts';
import { DynamoDbRoutingStore } from '../../stores/routing-store.ts';
import { retryPhoto } from './retry-photo.ts';

const name = z.string().min(1);
const config = loadConfig(
  {
    TABLE_NAME: name,
    BUS_NAME: name,
    IDEMPOTENCY_TABLE: name,
    CLAIM_WITHIN_SECONDS: z.coerce.number().positive(),
  },
  process.env,
);

export const handler = apiHandler(
  {
    access: 'user',
    path: z.object({ photoId: ulidSchema }),
    idempotency: dynamodbIdempotency(config.IDEMPOTENCY_TABLE, 24 * 60 * 60),
  },
  retryPhoto({
    photos: new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME),
    originals: new S3Originals(s3()),
    routing: new DynamoDbRoutingStore(dynamodb(), config.TABLE_NAME),
    bus: new EventBridgeBus(eventbridge(), config.BUS_NAME),
    now: () => new Date(),
    claimWithinSeconds: config.CLAIM_WITHIN_SECONDS,
  }),
);
