import * as z from 'zod';

/**
 * The life of a photo; each move is one conditional write, to the right. One move goes back, and a person asks for it:
 * FAILED, or REJECTED with REVIEW_TIMED_OUT, becomes UPLOADED again.
 */
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
  'IN_REVIEW',
] as const satisfies readonly PhotoStatus[];

/** Statuses that the staff may want to act on; exactly these stand in the attention index. */
export const attentionStatuses = [
  'IN_REVIEW',
  'REJECTED',
  'FAILED',
] as const satisfies readonly PhotoStatus[];
export type AttentionStatus = (typeof attentionStatuses)[number];

/** Why a ranger refuses a photo; the words that the visitor reads. */
export const rangerMessages = {
  INDECENT: 'A ranger found this photo not decent enough for everybody. Please choose another one.',
  PEOPLE: 'A ranger saw people in this photo who may not want to be shown. Please send one without them.',
  ADVERTISEMENT: 'A ranger took this photo for an advertisement. Please show the place itself.',
  NOT_THIS_PLACE:
    'A ranger could not see this place in the photo. Please check where it was taken and send it there.',
  UNREADABLE: 'A ranger could not make out what this photo shows. Please take it again in better light.',
  OTHER: 'A ranger decided not to show this photo. Please choose another one.',
} as const;
export const rangerReasons = [
  'INDECENT',
  'PEOPLE',
  'ADVERTISEMENT',
  'NOT_THIS_PLACE',
  'UNREADABLE',
  'OTHER',
] as const satisfies readonly (keyof typeof rangerMessages)[];
export type RangerReason = (typeof rangerReasons)[number];

/** Why a workflow refused a photo: a business outcome, shown to the visitor with its message. */
export const rejectionReasons = [
  'UNSUPPORTED_TYPE',
  'TOO_MANY_PIXELS',
  'TOO_SMALL',
  'CORRUPT',
  'EMPTY',
  'REVIEW_TIMED_OUT',
  ...rangerReasons,
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** Something that was recognised in a photo, and how sure the engine is of it, 0 to 100. */
export const label = z.object({ name: z.string(), confidence: z.number().min(0).max(100) });
export type Label = z.infer<typeof label>;

/** What a workflow found out about a photo; where it was taken is reduced to whether it was near its place. */
export const photoDetails = z.object({
  type: z.enum(['jpeg', 'png', 'webp', 'avif']),
  width: z.int().positive(),
  height: z.int().positive(),
  takenAt: z.string().optional(),
  camera: z.string().optional(),
  takenNearPlace: z.boolean().optional(),
  /** 64 bits as hexadecimal digits; the same picture, resized or recompressed, differs in a few. */
  perceptualHash: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
});
export type PhotoDetails = z.infer<typeof photoDetails>;

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
