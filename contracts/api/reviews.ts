import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { label, photoDetails, rangerReasons } from '../photos.ts';
import { cursor, pageLimit, pageOf } from './paging.ts';

/** A photo that waits for a ranger; `picture.url` shows it to whoever holds it, until `picture.expiresAt`. */
export const review = z.object({
  photoId: ulidSchema,
  placeId: ulidSchema,
  placeName: z.string().optional(),
  caption: z.string().optional(),
  author: z.string().optional(),
  createdAt: z.iso.datetime(),
  requestedAt: z.iso.datetime(),
  reviewBy: z.iso.datetime(),
  workflow: z.string(),
  /** What flagged it, surest first. */
  labels: z.array(label),
  details: photoDetails.omit({ perceptualHash: true }).optional(),
  picture: z.object({ url: z.url(), expiresAt: z.iso.datetime() }),
});
export type Review = z.infer<typeof review>;

/** `GET /reviews` (rangers): the photos that wait, longest first. */
export const reviewPage = pageOf(review);
export type ReviewPage = z.infer<typeof reviewPage>;
export const listReviewsQuery = z.strictObject({
  limit: pageLimit.default(24),
  cursor: cursor.optional(),
});
export type ListReviewsQuery = z.infer<typeof listReviewsQuery>;

/** `POST /reviews/{photoId}` (rangers): the first decision wins, every other one gets 409. */
export const decideReviewRequest = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({
    decision: z.literal('reject'),
    reason: z.enum(rangerReasons, { error: `Expected a reason among ${rangerReasons.join(', ')}` }),
  }),
]);
export type DecideReviewRequest = z.infer<typeof decideReviewRequest>;

/** The decision that was taken. */
export const decideReviewResponse = z.object({
  photoId: ulidSchema,
  decision: z.enum(['approve', 'reject']),
  decidedAt: z.iso.datetime(),
});
export type DecideReviewResponse = z.infer<typeof decideReviewResponse>;
