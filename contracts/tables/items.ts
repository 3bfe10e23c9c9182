import * as z from 'zod';
import { journeyStep } from '../events/envelope.ts';
import { ulidSchema, userId } from '../ids.ts';
import {
  label,
  photoDetails,
  photoStatus,
  rangerReasons,
  storedRenditions,
  workflowVersion,
} from '../photos.ts';
import { location, placeType } from '../places.ts';

/**
 * A photo as it stands in the application table. A workflow may set: status, statusAt, workflow, executionId,
 * leaseExpiresAt, reason, message, publishedAt, width, height, thumbHash, renditions, details, labels, picture,
 * taskToken, reviewBy and the index keys that follow.
 */
export const photoItem = z.object({
  entity: z.literal('photo'),
  photoId: ulidSchema,
  placeId: ulidSchema,
  ownerId: userId,
  author: z.string().optional(),
  caption: z.string().optional(),
  contentType: z.string(),
  size: z.number(),
  bucket: z.string(),
  key: z.string(),
  etag: z.string().optional(),
  status: photoStatus,
  /** When the status was reached; events take their time from it, so a re-sent event has the same. */
  statusAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** The version chosen by routing, then the version that claimed it. */
  workflow: workflowVersion.optional(),
  /** How often `PhotoUploaded` was sent for it by the sweeper. */
  attempts: z.number().default(0),
  executionId: z.string().optional(),
  leaseExpiresAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  publishedAt: z.iso.datetime().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  thumbHash: z.string().optional(),
  renditions: storedRenditions.optional(),
  details: photoDetails.optional(),
  /** What made a workflow doubt or refuse the photo. */
  labels: z.array(label).optional(),
  /** Key in the upload bucket of the picture that a ranger is shown. */
  picture: z.string().optional(),
  /** Resumes the waiting execution; never leaves the table. */
  taskToken: z.string().optional(),
  /** Until when a ranger may decide. */
  reviewBy: z.iso.datetime().optional(),
  decision: z.enum(['approve', 'reject']).optional(),
  decidedBy: userId.optional(),
  decidedAt: z.iso.datetime().optional(),
  /** Seconds since 1970, the table's TTL. */
  expiresAt: z.number().optional(),
});
export type PhotoItem = z.infer<typeof photoItem>;

export const placeItem = z.object({
  entity: z.literal('place'),
  placeId: ulidSchema,
  type: placeType,
  name: z.string(),
  description: z.string(),
  location,
  createdAt: z.iso.datetime(),
});
export type PlaceItem = z.infer<typeof placeItem>;

export const journeyItem = z.object({
  entity: z.literal('journey'),
  journeyId: ulidSchema,
  ownerId: userId.optional(),
  eventId: z.string(),
  type: z.string(),
  source: z.string(),
  occurredAt: z.iso.datetime(),
  /** Absent when the producer does not count the events of its journeys. */
  step: journeyStep.optional(),
  data: z.record(z.string(), z.unknown()),
  expiresAt: z.number(),
});
export type JourneyItem = z.infer<typeof journeyItem>;

/** Which workflow version new photos go to: a place's own, else the canary's share, else the active one. */
export const routes = z.object({
  active: workflowVersion,
  canary: z.object({ version: workflowVersion, percent: z.number().min(0).max(100) }).optional(),
  places: z.record(ulidSchema, workflowVersion).optional(),
});
export type Routes = z.infer<typeof routes>;

export const routingItem = routes.extend({
  /** Counts the changes; a change says which one it knows, so that two admins cannot overwrite each other. */
  revision: z.int().nonnegative().default(0),
  changedAt: z.iso.datetime().optional(),
  /** What held before the last change; a rollback goes there. */
  previous: routes.optional(),
});
export type Routing = z.infer<typeof routingItem>;

/**
 * One band of the perceptual hash of a photo that a ranger refused. A photo has as many of these as a hash has bands:
 * two hashes that differ in fewer bits than there are bands share one band at least, so a look-up by bands finds them.
 */
export const refusedPictureItem = z.object({
  entity: z.literal('refusedPicture'),
  photoId: ulidSchema,
  placeId: ulidSchema,
  perceptualHash: z.string(),
  reason: z.enum(rangerReasons),
});
export type RefusedPictureItem = z.infer<typeof refusedPictureItem>;
