import type { PhotoView } from '@happy-path/api-client';
import { type PagedList, useLiveTopics, usePagedList, useServices } from '@happy-path/app';
import type { Notification } from '@happy-path/realtime';

export interface UseMyPhotos extends PagedList<PhotoView> {
  /** Takes the photo off the list at once and deletes it; puts it back and rejects when that fails. */
  remove(photoId: string): Promise<void>;
}

const PAGE = 24;

/** All photos of the person signed in, newest first, in every status; they change as the workflow goes on. */
export function useMyPhotos(): UseMyPhotos {
  const { api, session } = useServices();
  const { edit, reread, ...list } = usePagedList<PhotoView>({
    source: () => session.user.value?.id,
    read: (cursor, signal) => api.listMyPhotos({ limit: PAGE, cursor }, { signal }),
    keyOf: (photo) => photo.photoId,
  });

  async function follow(photoId: string): Promise<void> {
    const photo = await api.getPhoto(photoId);
    edit((items) => (photo.status === 'DELETED' ? without(items, photoId) : withPhoto(items, photo)));
  }

  function hear({ type, data }: Notification): void {
    const photoId = data.photoId;
    if (typeof photoId !== 'string') return;
    if (type === 'PhotoDeleted') edit((items) => without(items, photoId));
    else follow(photoId).catch(() => list.refresh());
  }

  async function remove(photoId: string): Promise<void> {
    const photo = list.items.value.find((one) => one.photoId === photoId);
    edit((items) => without(items, photoId));
    try {
      await api.deletePhoto(photoId);
    } catch (error) {
      if (photo) edit((items) => withPhoto(items, photo));
      throw error;
    }
  }

  useLiveTopics({ own: true, onNotification: hear, onReconnect: reread });
  return { ...list, remove };
}

const without = (items: readonly PhotoView[], photoId: string) =>
  items.filter((photo) => photo.photoId !== photoId);

/** Puts a photo where it belongs: ULIDs sort by the time they were made, as this list does. */
function withPhoto(items: readonly PhotoView[], photo: PhotoView): PhotoView[] {
  const others = without(items, photo.photoId);
  const at = others.findIndex((other) => other.photoId < photo.photoId);
  return others.toSpliced(at < 0 ? others.length : at, 0, photo);
}
