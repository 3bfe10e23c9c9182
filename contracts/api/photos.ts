import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { label, photoDetails, photoStatus, uploadContentTypes, uploadLimits } from '../photos.ts';
import { cursor, pageLimit, pageOf } from './paging.ts';

const megabytes = Math.round(uploadLimits.maxBytes / 1024 / 1024);

/** One picture of a published photo; `url` is a path on the app's own origin (`/photos/<id>/tile.webp`). */
export const renditionView = z.object({
  url: z.string(),
  width: z.int(),
  height: z.int(),
  contentType: z.string(),
});

/** A published photo as everybody sees it; width and height in pixels, upright; `thumbHash` base64. */
export const publicPhoto = z.object({
  photoId: ulidSchema,
  placeId: ulidSchema,
  caption: z.string().optional(),
  author: z.string().optional(),
  publishedAt: z.iso.datetime(),
  workflow: z.string(),
  width: z.int(),
  height: z.int(),
  thumbHash: z.string(),
  renditions: z.object({
    tile: renditionView,
    small: renditionView,
    large: renditionView,
    share: renditionView,
  }),
});
export type PublicPhoto = z.infer<typeof publicPhoto>;

/**
 * A photo as its owner and the staff see it, in any status; `reason` and `message` say why it was refused or failed.
 * `GET /photos/{photoId}` answers this form to everybody, with `mine` false and only published photos for strangers.
 */
export const photoView = publicPhoto
  .partial({
    publishedAt: true,
    workflow: true,
    width: true,
    height: true,
    thumbHash: true,
    renditions: true,
  })
  .extend({
    status: photoStatus,
    createdAt: z.iso.datetime(),
    reason: z.string().optional(),
    message: z.string().optional(),
    journeyId: ulidSchema,
    mine: z.boolean(),
    /**
     * Whether `POST /photos/{photoId}/retry` is open to the caller: to the owner for a photo that failed or that no ranger
     * saw in time, to the staff for any that failed. It answers the photo as it stands now, UPLOADED; 409 for every other
     * and once the original is gone.
     */
    retryable: z.boolean(),
    /** For the owner and the staff. */
    details: photoDetails.omit({ perceptualHash: true }).optional(),
    /** For the staff: what made a workflow doubt or refuse it. */
    labels: z.array(label).optional(),
    /** For the staff. */
    attempts: z.int().optional(),
    placeName: z.string().optional(),
  });
export type PhotoView = z.infer<typeof photoView>;

export const publicPhotoPage = pageOf(publicPhoto);
export type PublicPhotoPage = z.infer<typeof publicPhotoPage>;
export const photoViewPage = pageOf(photoView);
export type PhotoViewPage = z.infer<typeof photoViewPage>;

/** `GET /places/{placeId}/photos` and `GET /me/photos`, newest first. */
export const listPhotosQuery = z.strictObject({
  limit: pageLimit.default(24),
  cursor: cursor.optional(),
});
export type ListPhotosQuery = z.infer<typeof listPhotosQuery>;

/** `GET /photos` (staff): photos of one status, newest first; published ones of a place only. */
export const searchPhotosQuery = z
  .strictObject({
    status: z.enum(['UPLOADED', 'PROCESSING', 'IN_REVIEW', 'PUBLISHED', 'REJECTED', 'FAILED']),
    placeId: ulidSchema.optional(),
    limit: pageLimit.default(24),
    cursor: cursor.optional(),
  })
  .refine(({ status, placeId }) => status !== 'PUBLISHED' || placeId !== undefined, {
    path: ['placeId'],
    message: 'Expected a place together with status=PUBLISHED',
  });
export type SearchPhotosQuery = z.infer<typeof searchPhotosQuery>;

/** `POST /places/{placeId}/photos`: `size` in bytes is the file's own; the form takes 1 byte to 20 MiB. */
export const requestUploadRequest = z.strictObject({
  contentType: z.enum(uploadContentTypes, {
    error: `Expected one of ${uploadContentTypes.join(', ')}. Save or share the photo as JPEG and try again.`,
  }),
  size: z
    .int('Expected the size of the file in whole bytes')
    .min(uploadLimits.minBytes, 'This file is empty. Choose another photo.')
    .max(
      uploadLimits.maxBytes,
      `This file is larger than ${megabytes} MB. Choose a smaller version of the photo.`,
    ),
  caption: z
    .string()
    .trim()
    .max(uploadLimits.captionLength, `Expected at most ${uploadLimits.captionLength} characters`)
    .optional(),
});
export type RequestUploadRequest = z.infer<typeof requestUploadRequest>;

/** Where and how to send the bytes: a multipart form with `fields` first and the file last, as `file`. */
export const requestUploadResponse = z.object({
  photoId: ulidSchema,
  upload: z.object({
    url: z.url(),
    fields: z.record(z.string(), z.string()),
    expiresAt: z.iso.datetime(),
    maxBytes: z.int(),
  }),
});
export type RequestUploadResponse = z.infer<typeof requestUploadResponse>;
