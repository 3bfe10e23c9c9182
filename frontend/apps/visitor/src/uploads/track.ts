import { type ApiClient, ApiError, type PhotoView } from '@happy-path/api-client';
import type { Realtime } from '@happy-path/realtime';
import type { Session } from '@happy-path/session';
import { watch } from 'vue';
import { topics } from '#contracts/topics.ts';

export interface TrackPorts {
  api: Pick<ApiClient, 'getPhoto'>;
  realtime: Pick<Realtime, 'subscribe' | 'onReconnect'>;
  session: Pick<Session, 'user'>;
  /** Hears what the API says of a followed photo; nothing when the API does not know it. */
  onPhoto: (photoId: string, photo: PhotoView | undefined) => void;
}

/** Follows sent photos until told to stop. */
export interface Tracker {
  follow(photoId: string): void;
  unfollow(photoId: string): void;
}

/**
 * Seconds between reads of one photo. The topic is quicker; these are for the message that never comes, because
 * a proxy does not let MQTT through or the photo was ready before anybody listened.
 */
const POLL_SECONDS = [1.5, 3, 6, 12, 24, 48, 60];

/** Follows photos through the workflow by their owner's topic, and reads each now and then to be sure. */
export function createTracker({ api, realtime, session, onPhoto }: TrackPorts): Tracker {
  const followed = new Map<string, { polls: number; timer?: ReturnType<typeof setTimeout> }>();

  async function read(photoId: string): Promise<void> {
    try {
      const photo = await api.getPhoto(photoId);
      if (followed.has(photoId)) onPhoto(photoId, photo);
    } catch (error) {
      // Without reception or sign-in one learns it later; what the API does not know will never come.
      const unknown = error instanceof ApiError && error.status === 404;
      if (unknown && followed.has(photoId)) onPhoto(photoId, undefined);
    }
  }

  function poll(photoId: string): void {
    const state = followed.get(photoId);
    if (!state) return;
    const seconds = POLL_SECONDS[Math.min(state.polls++, POLL_SECONDS.length - 1)] ?? 60;
    state.timer = setTimeout(() => void read(photoId).then(() => poll(photoId)), seconds * 1000);
  }

  watch(
    () => session.user.value?.id,
    (userId, _before, onCleanup) => {
      if (userId === undefined) return;
      const stop = realtime.subscribe(topics.user(userId), ({ data }) => {
        const photoId = data.photoId;
        if (typeof photoId === 'string' && followed.has(photoId)) void read(photoId);
      });
      onCleanup(stop);
    },
    { immediate: true },
  );
  realtime.onReconnect(() => {
    for (const photoId of followed.keys()) void read(photoId);
  });

  return {
    follow(photoId) {
      if (followed.has(photoId)) return;
      followed.set(photoId, { polls: 0 });
      poll(photoId);
    },
    unfollow(photoId) {
      clearTimeout(followed.get(photoId)?.timer);
      followed.delete(photoId);
    },
  };
}
