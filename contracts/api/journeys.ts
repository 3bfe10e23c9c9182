import * as z from 'zod';
import { ulidSchema } from '../ids.ts';

/** One event of a journey, as its owner and the staff see it, oldest first in the list. */
export const journeyEvent = z.object({
  eventId: z.string(),
  type: z.string(),
  source: z.string(),
  time: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
});
export type JourneyEvent = z.infer<typeof journeyEvent>;

/** `GET /journeys/{id}`: everything that happened to one photo or one order. */
export const journey = z.object({ journeyId: ulidSchema, events: z.array(journeyEvent) });
export type Journey = z.infer<typeof journey>;
