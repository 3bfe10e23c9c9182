import * as z from 'zod';

/** The life of a photo; it only moves to the right, each move is one conditional write. */
export const photoStatuses = [
  'AWAITING_UPLOAD',
  'UPLOADED',
  'PROCESSING',
  'IN_REVIEW',
  'PUBLISHED',
  'REJECTED',
  'FAILED',
  'DELETED',
] as const;

export const photoStatus = z.enum(photoStatuses);
export type PhotoStatus = z.infer<typeof photoStatus>;

/** Statuses in which somebody still owes the photo work; exactly these stand in the unfinished index. */
export const unfinishedStatuses = [
  'AWAITING_UPLOAD',
  'UPLOADED',
  'PROCESSING',
] as const satisfies readonly PhotoStatus[];

/** Why a workflow refused a photo: a business outcome, shown to the visitor with its message. */
export const rejectionReasons = ['UNSUPPORTED_TYPE', 'TOO_MANY_PIXELS', 'CORRUPT', 'EMPTY'] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** Why the system gave up on a photo: never the visitor's fault, seen by an alarm on AWS. */
export const failureReasons = ['WORKFLOW_FAILED', 'ATTEMPTS_EXHAUSTED'] as const;

/** Who took a photo off the map; public, so it names nobody. */
export const deletionReasons = ['DELETED_BY_OWNER', 'DELETED_BY_STAFF'] as const;
export type DeletionReason = (typeof deletionReasons)[number];

/** What the upload form accepts as `contentType`; the bytes decide later, never this claim. */
export const uploadContentTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

export const uploadLimits = {
  minBytes: 1,
  maxBytes: 20 * 1024 * 1024,
  formLifetimeSeconds: 300,
  captionLength: 280,
} as const;

export const renditionNames = ['tile', 'small', 'large', 'share'] as const;
export type RenditionName = (typeof renditionNames)[number];

/** One picture made from a photo, as the workflow stores it: key in the distribution bucket, pixels, bytes. */
export const storedRendition = z.object({
  key: z.string().regex(/^photos\//),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  contentType: z.enum(['image/webp', 'image/jpeg']),
});
export type StoredRendition = z.infer<typeof storedRendition>;

export const storedRenditions = z.record(z.enum(renditionNames), storedRendition);
export type StoredRenditions = z.infer<typeof storedRenditions>;

/** Names a workflow version, `v1` to `v999`. */
export const workflowVersion = z.string().regex(/^v[1-9]\d{0,2}$/, 'Expected a workflow version such as v1');
