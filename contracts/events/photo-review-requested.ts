import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { workflowVersion } from '../photos.ts';
import { defineEvent } from './envelope.ts';

/** A workflow is in doubt about the photo and waits for a ranger until `reviewBy`. */
export const photoReviewRequested = defineEvent(
  'happy-path.backend',
  'PhotoReviewRequested',
  z.object({
    photoId: ulidSchema,
    placeId: ulidSchema,
    workflow: workflowVersion,
    reviewBy: z.iso.datetime(),
  }),
);
