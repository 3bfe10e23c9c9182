import type { Notification } from '@happy-path/realtime';
import { type MaybeRefOrGetter, onScopeDispose, toValue, watch } from 'vue';
import { topics } from '#contracts/topics.ts';
import { useServices } from './services.ts';

export interface LiveTopicsOptions {
  /** Hears what happens at this place. */
  placeId?: MaybeRefOrGetter<string | undefined>;
  /** Hears what happens at this café: numbers and whether it is open. */
  cafeId?: MaybeRefOrGetter<string | undefined>;
  /** Hears what happens to one's own, while signed in. */
  own?: boolean;
  /** Hears what the whole staff hears, while somebody of it is signed in. */
  staff?: boolean;
  onNotification: (notification: Notification) => void;
  onReconnect: () => void;
}

/** Hears topics as long as the component lives, whoever signs in or out and whatever is shown meanwhile. */
export function useLiveTopics(options: LiveTopicsOptions): void {
  const { realtime, session } = useServices();
  const follow = (topic: () => string | undefined) =>
    watch(
      topic,
      (name, _before, onCleanup) => {
        if (name !== undefined) onCleanup(realtime.subscribe(name, options.onNotification));
      },
      { immediate: true },
    );

  follow(() => {
    const placeId = toValue(options.placeId);
    return placeId === undefined ? undefined : topics.place(placeId);
  });
  follow(() => {
    const cafeId = toValue(options.cafeId);
    return cafeId === undefined ? undefined : topics.cafe(cafeId);
  });
  follow(() => {
    const user = session.user.value;
    return options.own && user ? topics.user(user.id) : undefined;
  });
  follow(() => (options.staff && session.user.value?.groups.length ? topics.staff : undefined));
  onScopeDispose(realtime.onReconnect(options.onReconnect));
}
