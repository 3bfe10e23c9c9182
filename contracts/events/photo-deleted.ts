import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { deletionReasons, workflowVersion } from '../photos.ts';
import { defineEvent } from './envelope.ts';

/** The owner or a ranger took the photo away; its pictures are removed by whoever hears this. */
export const photoDeleted = defineEvent(
  'happy-path.backend',
  'PhotoDeleted',
  z.object({
    photoId: ulidSchema,
    placeId: ulidSchema,
    workflow: workflowVersion.optional(),
    reason: z.enum(deletionReasons).optional(),
  }),
);
