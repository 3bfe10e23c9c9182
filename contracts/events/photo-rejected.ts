import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { workflowVersion } from '../photos.ts';
import { defineEvent } from './envelope.ts';

/** A business rule refused the photo; `message` tells the visitor what, why and what now. */
export const photoRejected = defineEvent(
  'happy-path.backend',
  'PhotoRejected',
  z.object({
    photoId: ulidSchema,
    placeId: ulidSchema,
    workflow: workflowVersion.optional(),
    reason: z.string(),
    message: z.string(),
  }),
);
