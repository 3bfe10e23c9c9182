import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbJourneyStore } from '../../stores/journey-store.ts';
import { getJourney } from './get-journey.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1) }, process.env);
const journeys = new DynamoDbJourneyStore(dynamodb(), config.TABLE_NAME);

export const handler = apiHandler(
  { access: 'user', path: z.object({ journeyId: ulidSchema }) },
  getJourney({ journeys, now: () => new Date() }),
);
