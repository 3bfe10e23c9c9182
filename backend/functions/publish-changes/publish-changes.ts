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
    const describe = events[after.status];
    if (!describe) return;
    const event = describe(after);
    await bus.publish([event]);
    count(event.name, after.workflow);
  };

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
