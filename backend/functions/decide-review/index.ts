import * as z from 'zod';
import { decideReviewRequest } from '#contracts/api/reviews.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { sfn } from '#platform/clients/sfn.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { dynamodbIdempotency } from '#platform/middleware/idempotency.ts';
import { DynamoDbPhotoStore } from '../../stores/dynamodb-photo-store.ts';
import { DynamoDbReviewStore } from '../../stores/review-store.ts';
import { decideReview } from './decide-review.ts';
import { SfnExecutions } from './sfn-executions.ts';

const name = z.string().min(1);
const config = loadConfig({ TABLE_NAME: name, IDEMPOTENCY_TABLE: name }, process.env);

export const handler = apiHandler(
  {
    access: ['rangers', 'admins'],
    path: z.object({ photoId: ulidSchema }),
    body: decideReviewRequest,
    idempotency: dynamodbIdempotency(config.IDEMPOTENCY_TABLE, 24 * 60 * 60),
  },
  decideReview({
    photos: new DynamoDbPhotoStore(dynamodb(), config.TABLE_NAME),
    reviews: new DynamoDbReviewStore(dynamodb(), config.TABLE_NAME),
    executions: new SfnExecutions(sfn()),
    now: () => new Date(),
  }),
);
