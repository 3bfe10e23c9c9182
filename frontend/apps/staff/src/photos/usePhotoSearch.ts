import type { PhotoSearch, PhotoView } from '@happy-path/api-client';
import { type PagedList, useLiveTopics, usePagedList, useServices } from '@happy-path/app';
import { type MaybeRefOrGetter, toValue } from 'vue';
import { gathered } from '../composables/gathered.ts';

export type SearchStatus = PhotoSearch['status'];

/** The states that can be searched, in the order of a photo's life. */
export const searchStatuses = [
  'UPLOADED',
  'PROCESSING',
  'IN_REVIEW',
  'PUBLISHED',
  'REJECTED',
  'FAILED',
] as const satisfies readonly SearchStatus[];

const PAGE = 36;

/** Photos of one state, of one place if one is named; changes as the staff's topic tells. */
export function usePhotoSearch(
  status: MaybeRefOrGetter<SearchStatus>,
  placeId: MaybeRefOrGetter<string | undefined> = undefined,
): PagedList<PhotoView> {
  const { api } = useServices();
  const {
    edit: _edit,
    reread,
    ...list
  } = usePagedList<PhotoView>({
    source: () => [toValue(status), toValue(placeId)].join(),
    read: async (cursor, signal) => {
      const query = { status: toValue(status), placeId: toValue(placeId), limit: PAGE, cursor };
      // Nobody can list all published photos; the view asks for a place first.
      if (query.status === 'PUBLISHED' && query.placeId === undefined) return { items: [] };
      return api.searchPhotos(query, { signal });
    },
    keyOf: (photo) => photo.photoId,
  });
  const again = gathered(reread);
  useLiveTopics({ staff: true, placeId, onNotification: again, onReconnect: again });
  return list;
}
