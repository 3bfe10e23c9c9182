import * as z from 'zod';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { eventbridge } from '#platform/clients/eventbridge.ts';
import { loadConfig } from '#platform/config.ts';
import { EventBridgeBus } from '#platform/event-bus.ts';
import { queueHandler } from '#platform/middleware/records.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { DynamoDbRoutingStore } from '../../stores/routing-store.ts';
import { routeUpload, uploadNotification } from './route-upload.ts';

const config = loadConfig(
  {
    TABLE_NAME: z.string().min(1),
    BUS_NAME: z.string().min(1),
    CLAIM_WITHIN_SECONDS: z.coerce.number().positive(),
  },
  process.env,
);

export const handler = queueHandler(
  uploadNotification,
  routeUpload({
    photos: new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME),
    routing: new DynamoDbRoutingStore(dynamodb(), config.TABLE_NAME),
    bus: new EventBridgeBus(eventbridge(), config.BUS_NAME),
    now: () => new Date(),
    claimWithinSeconds: config.CLAIM_WITHIN_SECONDS,
  }),
);
