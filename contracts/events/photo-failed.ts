import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { workflowVersion } from '../photos.ts';
import { defineEvent } from './envelope.ts';

/** The system gave up on the photo; the visitor may send it again. */
export const photoFailed = defineEvent(
  'happy-path.backend',
  'PhotoFailed',
  z.object({
    photoId: ulidSchema,
    placeId: ulidSchema,
    workflow: workflowVersion.optional(),
    reason: z.string(),
    message: z.string(),
  }),
);
