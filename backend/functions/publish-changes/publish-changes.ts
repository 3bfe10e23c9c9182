import type { PhotoStatus } from '#contracts/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { topics } from '#contracts/topics.ts';
import type { EventBus, OutgoingEvent } from '#platform/event-bus.ts';

/** A committed change of a photo's item; `before` is undefined for a new one. */
export interface PhotoChange {
  readonly before: Pick<PhotoItem, 'status'> | undefined;
  readonly after: PhotoItem;
}

interface Dependencies {
  readonly bus: EventBus;
  readonly count: (name: string, workflow: string | undefined) => void;
}

/**
 * Turns a committed change of status into its domain event. Nothing else writes the table and then publishes, so no
 * event is lost and none speaks of what did not happen; a record that comes twice gives the same event twice.
 */
export const publishChange =
  ({ bus, count }: Dependencies) =>
  async ({ before, after }: PhotoChange): Promise<void> => {
    if (before?.status === after.status) return;
    const event = events[after.status]?.(after);
    if (!event) return;
    await bus.publish([concernsStaff(before, after) ? alsoToStaff(event) : event]);
    count(event.name, after.workflow);
  };

/** A record that nobody understands, as people get to read it; none of them may be able to answer for a ranger. */
export const deadLetter = (record: unknown): string =>
  JSON.stringify(record, (name, value: unknown) => (name === 'taskToken' ? undefined : value));

/** The staff's lists show photos that wait for a ranger and photos that failed. */
const concernsStaff = (before: PhotoChange['before'], after: PhotoItem): boolean =>
  before?.status === 'IN_REVIEW' || after.status === 'IN_REVIEW' || after.status === 'FAILED';

const alsoToStaff = ({ metadata, ...event }: OutgoingEvent): OutgoingEvent => ({
  ...event,
  metadata: { ...metadata, notify: [...(metadata.notify ?? []), topics.staff] },
});

const common = ({ photoId, placeId, workflow }: PhotoItem) => ({ photoId, placeId, workflow });
const metadata = ({ photoId, ownerId, statusAt }: PhotoItem, ...notify: string[]) => ({
  journeyId: photoId,
  ownerId,
  occurredAt: statusAt,
  notify,
});
const reasons = ({ reason = 'UNKNOWN', message = '' }: PhotoItem) => ({ reason, message });

/** What each status tells the world; the bus hears of an upload by route-upload, of the others from here. */
const events: Partial<Record<PhotoStatus, (photo: PhotoItem) => OutgoingEvent>> = {
  PROCESSING: (photo) => ({
    name: 'PhotoProcessingStarted',
    metadata: metadata(photo, topics.user(photo.ownerId)),
    data: common(photo),
  }),
  IN_REVIEW: (photo) => ({
    name: 'PhotoReviewRequested',
    metadata: metadata(photo, topics.user(photo.ownerId)),
    data: { ...common(photo), reviewBy: photo.reviewBy },
  }),
  PUBLISHED: (photo) => ({
    name: 'PhotoPublished',
    metadata: metadata(photo, topics.place(photo.placeId), topics.user(photo.ownerId)),
    data: { ...common(photo), publishedAt: photo.publishedAt },
  }),
  REJECTED: (photo) => ({
    name: 'PhotoRejected',
    metadata: metadata(photo, topics.user(photo.ownerId)),
    data: { ...common(photo), ...reasons(photo) },
  }),
  FAILED: (photo) => ({
    name: 'PhotoFailed',
    metadata: metadata(photo, topics.user(photo.ownerId)),
    data: { ...common(photo), ...reasons(photo) },
  }),
  DELETED: (photo) => ({
    name: 'PhotoDeleted',
    metadata: metadata(photo, topics.place(photo.placeId), topics.user(photo.ownerId)),
    data: { ...common(photo), reason: photo.reason },
  }),
};
