import * as z from 'zod';
import { listReviewsQuery } from '#contracts/api/reviews.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbPlaceStore } from '../../stores/dynamodb-place-store.ts';
import { DynamoDbReviewStore } from '../../stores/review-store.ts';
import { listReviews } from './list-reviews.ts';
import { S3PictureLinks } from './s3-picture-links.ts';

const name = z.string().min(1);
const config = loadConfig({ TABLE_NAME: name, UPLOAD_BUCKET: name }, process.env);

export const handler = apiHandler(
  { access: ['rangers', 'admins'], query: listReviewsQuery },
  listReviews({
    reviews: new DynamoDbReviewStore(dynamodb(), config.TABLE_NAME),
    places: new DynamoDbPlaceStore(dynamodb(), config.TABLE_NAME),
    links: new S3PictureLinks(s3(), config.UPLOAD_BUCKET),
    now: () => new Date(),
  }),
);
