import type { PublicPhoto } from '@happy-path/api-client';
import { type PagedList, useLiveTopics, usePagedList, useServices } from '@happy-path/app';
import type { Notification } from '@happy-path/realtime';
import { type MaybeRefOrGetter, onScopeDispose, type Ref, shallowReadonly, shallowRef, toValue } from 'vue';
import { publicPhotoOf } from './public-photo.ts';

export interface UsePlacePhotos extends PagedList<PublicPhoto> {
  /** Ids of photos that just arrived by themselves, for a soft highlight; each leaves after some seconds. */
  readonly highlighted: Readonly<Ref<ReadonlySet<string>>>;
}

const HIGHLIGHT_MILLISECONDS = 6000;
const PAGE = 24;

/** The published photos of a place, newest first; new ones come and deleted ones go by themselves. */
export function usePlacePhotos(placeId: MaybeRefOrGetter<string>): UsePlacePhotos {
  const { api } = useServices();
  const { edit, reread, ...list } = usePagedList<PublicPhoto>({
    source: () => toValue(placeId),
    read: (cursor, signal) => api.listPlacePhotos(toValue(placeId), { limit: PAGE, cursor }, { signal }),
    keyOf: (photo) => photo.photoId,
  });
  const { highlighted, highlight } = useHighlight();

  /**
   * The photo itself is read, not the list: shared caches may hold the list of some seconds ago.
   */
  async function arrive(photoId: string): Promise<void> {
    const photo = publicPhotoOf(await api.getPhoto(photoId));
    if (!photo || photo.placeId !== toValue(placeId)) return;
    if (list.items.value.some((known) => known.photoId === photoId)) return;
    highlight(photoId);
    edit((items) => insertNewestFirst(items, photo));
  }

  function hear({ type, data }: Notification): void {
    const photoId = data.photoId;
    if (typeof photoId !== 'string') return;
    if (type === 'PhotoPublished') arrive(photoId).catch(() => list.refresh());
    if (type === 'PhotoDeleted') edit((items) => items.filter((photo) => photo.photoId !== photoId));
  }

  useLiveTopics({ placeId, onNotification: hear, onReconnect: reread });
  return { ...list, highlighted };
}

function insertNewestFirst(items: readonly PublicPhoto[], photo: PublicPhoto): PublicPhoto[] {
  const at = items.findIndex((other) => other.publishedAt <= photo.publishedAt);
  return at < 0 ? [...items, photo] : items.toSpliced(at, 0, photo);
}

function useHighlight() {
  const highlighted = shallowRef<ReadonlySet<string>>(new Set());
  const timers = new Set<ReturnType<typeof setTimeout>>();
  onScopeDispose(() => timers.forEach(clearTimeout));

  function highlight(id: string): void {
    highlighted.value = new Set([...highlighted.value, id]);
    const timer = setTimeout(() => {
      timers.delete(timer);
      highlighted.value = new Set([...highlighted.value].filter((other) => other !== id));
    }, HIGHLIGHT_MILLISECONDS);
    timers.add(timer);
  }

  return { highlighted: shallowReadonly(highlighted), highlight };
}
