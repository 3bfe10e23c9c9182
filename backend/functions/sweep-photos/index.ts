import * as z from 'zod';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { eventbridge } from '#platform/clients/eventbridge.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { EventBridgeBus } from '#platform/event-bus.ts';
import { countPhoto } from '#platform/metrics.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { S3Originals } from '../../stores/originals.ts';
import { DynamoDbRoutingStore } from '../../stores/routing-store.ts';
import { routeArrival } from '../route-upload/route-upload.ts';
import { sweepPhotos } from './sweep-photos.ts';

const config = loadConfig(
  {
    TABLE_NAME: z.string().min(1),
    BUS_NAME: z.string().min(1),
    CLAIM_WITHIN_SECONDS: z.coerce.number().positive(),
  },
  process.env,
);
const dependencies = {
  photos: new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME),
  routing: new DynamoDbRoutingStore(dynamodb(), config.TABLE_NAME),
  bus: new EventBridgeBus(eventbridge(), config.BUS_NAME),
  now: () => new Date(),
  claimWithinSeconds: config.CLAIM_WITHIN_SECONDS,
};
export const handler = taskHandler(
  z.unknown(),
  sweepPhotos({
    ...dependencies,
    originals: new S3Originals(s3()),
    routeArrival: routeArrival(dependencies),
    count: countPhoto,
  }),
);
