import type { PhotoView } from '@happy-path/api-client';
import type { Notification } from '@happy-path/realtime';
import { useServices } from '../services.ts';
import type { PagedList } from './types.ts';
import { useLiveTopics } from './useLiveTopics.ts';
import { usePagedList } from './usePagedList.ts';

export interface UseMyPhotos extends PagedList<PhotoView> {
  /** Takes the photo off the list at once and deletes it; puts it back and rejects when that fails. */
  remove(photoId: string): Promise<void>;
}

const PAGE = 24;

/** All photos of the person signed in, newest first, in every status; they change as the workflow goes on. */
export function useMyPhotos(): UseMyPhotos {
  const { api, session } = useServices();
  const { edit, ...list } = usePagedList<PhotoView>({
    source: () => session.user.value?.id,
    read: (cursor, signal) => api.listMyPhotos({ limit: PAGE, cursor }, { signal }),
    keyOf: (photo) => photo.photoId,
  });

  async function reread(photoId: string): Promise<void> {
    const photo = await api.getPhoto(photoId);
    edit((items) => {
      const others = items.filter((other) => other.photoId !== photoId);
      if (photo.status === 'DELETED') return others;
      // ULIDs sort by the time they were made, as this list does.
      const at = others.findIndex((other) => other.photoId < photoId);
      return others.toSpliced(at < 0 ? others.length : at, 0, photo);
    });
  }

  function hear({ type, data }: Notification): void {
    const photoId = data.photoId;
    if (typeof photoId !== 'string') return;
    if (type === 'PhotoDeleted') edit((items) => items.filter((photo) => photo.photoId !== photoId));
    else reread(photoId).catch(() => list.refresh());
  }

  async function remove(photoId: string): Promise<void> {
    const before = list.items.value;
    edit((items) => items.filter((photo) => photo.photoId !== photoId));
    try {
      await api.deletePhoto(photoId);
    } catch (error) {
      edit((items) => (items.some((photo) => photo.photoId === photoId) ? items : before));
      throw error;
    }
  }

  useLiveTopics({ own: true, onNotification: hear, onReconnect: list.refresh });
  return { ...list, remove };
}
