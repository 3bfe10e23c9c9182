import * as z from 'zod';
import { busEvent } from '#contracts/events/envelope.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { eventbridge } from '#platform/clients/eventbridge.ts';
import { loadConfig } from '#platform/config.ts';
import { EventBridgeBus } from '#platform/event-bus.ts';
import { queueHandler } from '#platform/middleware/records.ts';
import { DynamoDbJourneyStore } from '../../stores/journey-store.ts';
import { recordJourney } from './record-journey.ts';

const config = loadConfig(
  { TABLE_NAME: z.string().min(1), BUS_NAME: z.string().min(1), KEEP_DAYS: z.coerce.number().positive() },
  process.env,
);

export const handler = queueHandler(
  busEvent,
  recordJourney({
    journeys: new DynamoDbJourneyStore(dynamodb(), config.TABLE_NAME),
    bus: new EventBridgeBus(eventbridge(), config.BUS_NAME),
    keepDays: config.KEEP_DAYS,
  }),
);
