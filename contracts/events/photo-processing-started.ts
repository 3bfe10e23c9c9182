import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { workflowVersion } from '../photos.ts';
import { defineEvent } from './envelope.ts';

/** A workflow has claimed the photo. */
export const photoProcessingStarted = defineEvent(
  'happy-path.backend',
  'PhotoProcessingStarted',
  z.object({
    photoId: ulidSchema,
    placeId: ulidSchema,
    workflow: workflowVersion,
  }),
);
