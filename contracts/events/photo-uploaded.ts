import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { uploadLimits, workflowVersion } from '../photos.ts';
import { defineEvent } from './envelope.ts';

/** The bytes of a photo have arrived; `workflow` is the version chosen for it, by whose rule it is picked up. */
export const photoUploaded = defineEvent(
  'happy-path.backend',
  'PhotoUploaded',
  z.object({
    photoId: ulidSchema,
    placeId: ulidSchema,
    workflow: workflowVersion,
    bucket: z.string().min(3),
    key: z.string().min(1),
    size: z.int().min(0).max(uploadLimits.maxBytes),
    etag: z.string(),
  }),
);
export type PhotoUploadedData = z.infer<typeof photoUploaded.detail>['data'];
