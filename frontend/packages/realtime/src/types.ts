import type { Ref } from 'vue';
import type { Notification } from '#contracts/notifications.ts';

export type { Notification } from '#contracts/notifications.ts';

export type RealtimeState = 'connecting' | 'online' | 'offline';

/** The port of the notification channel: what is heard on it is a hint to read the API again. */
export interface Realtime {
  readonly state: Readonly<Ref<RealtimeState>>;
  /** Hears a topic (without the stage's prefix) until the returned function is called. */
  subscribe(topic: string, handler: (notification: Notification) => void): () => void;
  /** Calls back each time the channel comes up while registered: read once then, and nothing is missed. */
  onReconnect(callback: () => void): () => void;
  /** Drops the connection and makes a new one, with the token of the user of now. */
  reconnect(): void;
  close(): void;
}
