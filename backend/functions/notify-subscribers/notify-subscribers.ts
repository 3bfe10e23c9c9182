import type { BusEvent } from '#contracts/events/envelope.ts';
import type { Notification } from '#contracts/notifications.ts';

/** Publishes to a topic below `happy-path/<stage>/`. */
export interface NotificationChannel {
  publish(topic: string, notification: Notification): Promise<void>;
}

/** Passes an event on to every topic it names. It reads the metadata only, so any stack's events will do. */
export const notifySubscribers =
  ({ channel }: { channel: NotificationChannel }) =>
  async (event: BusEvent): Promise<void> => {
    const { metadata, data } = event.detail;
    const { journeyId, occurredAt, notify = [] } = metadata;
    // The owner's id stays behind: a public topic hears the data only.
    const notification = { type: event['detail-type'], time: occurredAt, journeyId, data };
    await Promise.all(notify.map((topic) => channel.publish(topic, notification)));
  };
