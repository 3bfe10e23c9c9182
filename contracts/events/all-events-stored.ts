import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { defineEvent } from './envelope.ts';

/** A journey is over and all its events, `events` in number, are stored: its story is whole. It may come twice. */
export const allEventsStored = defineEvent(
  'happy-path.backend',
  'AllEventsStored',
  z.object({ journeyId: ulidSchema, events: z.int().min(1) }),
);
