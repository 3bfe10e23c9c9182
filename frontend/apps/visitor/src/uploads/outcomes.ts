import type { PhotoView } from '@happy-path/api-client';
import type { Toast } from '@happy-path/app';
import { messages } from '../messages.ts';
import type { Entry } from './entries.ts';

type Change = Pick<Entry, 'status' | 'reason' | 'message'>;

/** Ends after which the photo can be done again from its kept original, without its bytes being sent once more. */
const askable: readonly string[] = ['WORKFLOW_FAILED', 'ATTEMPTS_EXHAUSTED', 'REVIEW_TIMED_OUT'];

/** Whether a photo that ended for this reason may be asked for again. */
export const canAskAgain = (reason: string | undefined): boolean =>
  reason !== undefined && askable.includes(reason);

/** What the API's word on a sent photo means for its upload; nothing while it is unchanged. */
export function outcomeOf(photo: PhotoView | undefined): Change | undefined {
  if (!photo) return { status: 'failed', reason: 'NOT_FOUND', message: messages.uploads.unknown };
  const { reason, message } = photo;
  switch (photo.status) {
    case 'PUBLISHED':
    // Deleted by its owner, who has seen it on the map, in another tab.
    case 'DELETED':
      return { status: 'published', reason: undefined, message: undefined };
    case 'REJECTED':
      return { status: 'rejected', reason, message };
    case 'FAILED':
      return { status: 'failed', reason, message: message ?? messages.uploads.workflowFailed };
    case 'IN_REVIEW':
      return { status: 'processing', reason, message: messages.uploads.inReview };
    default:
      return undefined;
  }
}

/** The pop-up that tells the end of an upload. */
export function toastOf(entry: Entry): Omit<Toast, 'id'> | undefined {
  const { uploads } = messages;
  const why = entry.message ?? '';
  const photo = entry.photoId === undefined ? undefined : `/photos/${entry.photoId}`;
  switch (entry.status) {
    case 'published':
      return { kind: 'success', text: uploads.added(entry.placeName), to: photo };
    case 'rejected':
      return { kind: 'attention', text: uploads.notAdded(entry.placeName, why), to: '/me' };
    case 'failed':
      return { kind: 'attention', text: uploads.notSent(entry.placeName, why), to: '/me' };
    default:
      return undefined;
  }
}
