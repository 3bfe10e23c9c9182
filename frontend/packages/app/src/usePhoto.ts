import type { PhotoView } from '@happy-path/api-client';
import { type MaybeRefOrGetter, type Ref, toValue } from 'vue';
import { useServices } from './services.ts';
import type { Loadable } from './types.ts';
import { useLiveTopics } from './useLiveTopics.ts';
import { useLoad } from './useLoad.ts';

export interface UsePhoto extends Loadable {
  readonly photo: Readonly<Ref<PhotoView | undefined>>;
  /** Deletes the own photo; rejects with the API's words when it may not. */
  remove(): Promise<void>;
}

/** One photo, in any status when it is one's own; follows what happens to it. */
export function usePhoto(photoId: MaybeRefOrGetter<string>, { staff = false } = {}): UsePhoto {
  const { api, session } = useServices();
  const { value, state, error, refresh, reread } = useLoad(
    () => [toValue(photoId), session.user.value?.id].join(),
    (signal) => api.getPhoto(toValue(photoId), { signal }),
  );
  useLiveTopics({
    placeId: () => value.value?.placeId,
    own: true,
    staff,
    onNotification: ({ data }) => data.photoId === toValue(photoId) && void refresh(),
    onReconnect: reread,
  });
  return {
    photo: value,
    state,
    error,
    refresh,
    remove: () => api.deletePhoto(toValue(photoId)),
  };
}
