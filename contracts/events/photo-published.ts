import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { workflowVersion } from '../photos.ts';
import { defineEvent } from './envelope.ts';

/** The photo stands on the map; public data only, because the place's topic carries it. */
export const photoPublished = defineEvent(
  'happy-path.backend',
  'PhotoPublished',
  z.object({
    photoId: ulidSchema,
    placeId: ulidSchema,
    workflow: workflowVersion,
    publishedAt: z.iso.datetime(),
  }),
);
