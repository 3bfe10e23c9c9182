import type { EventDefinition } from './envelope.ts';
import { photoDeleted } from './photo-deleted.ts';
import { photoFailed } from './photo-failed.ts';
import { photoProcessingStarted } from './photo-processing-started.ts';
import { photoPublished } from './photo-published.ts';
import { photoRejected } from './photo-rejected.ts';
import { photoReviewRequested } from './photo-review-requested.ts';
import { photoUploaded } from './photo-uploaded.ts';

/** Every event on the application bus; an event that is not here is not sent. */
export const eventRegistry = {
  PhotoUploaded: photoUploaded,
  PhotoProcessingStarted: photoProcessingStarted,
  PhotoReviewRequested: photoReviewRequested,
  PhotoPublished: photoPublished,
  PhotoRejected: photoRejected,
  PhotoFailed: photoFailed,
  PhotoDeleted: photoDeleted,
} as const satisfies Record<string, EventDefinition>;

export type EventName = keyof typeof eventRegistry;
