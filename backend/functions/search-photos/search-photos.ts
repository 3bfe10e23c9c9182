import type { PhotoViewPage, SearchPhotosQuery } from '#contracts/api/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { photoKeys, unfinishedShards } from '#contracts/tables/keys.ts';
import { decodeCursor, encodeCursor } from '#platform/cursor.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import { placeNames } from '../../place-names.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import type { PlaceStore } from '../../stores/place-store.ts';
import { photoViews } from '../../views.ts';

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'getMany' | 'listAttention' | 'listDue' | 'listPublished'>;
  readonly places: Pick<PlaceStore, 'get'>;
}

interface Request {
  readonly query: SearchPhotosQuery;
  readonly caller: Caller | undefined;
}

/** Photos on their way are few and are read whole; of more than this in a shard, those that are due first. */
const perShard = 100;
const endOfTime = '9999';

/** Lists the photos of one status for the staff, newest first. */
export const searchPhotos =
  ({ photos, places }: Dependencies) =>
  async ({ query: { cursor, limit, ...search }, caller }: Request): Promise<PhotoViewPage> => {
    const after = decodeCursor(cursor, /^[\d\-T:.]+Z#[0-9A-Z]{26}$/);
    const { items, last } = await find(photos, search, { limit, ...(after && { after }) });
    const names = await placeNames(places, items);
    return { items: photoViews(items, caller, names), ...(last && { nextCursor: encodeCursor(last) }) };
  };

function find(
  photos: Dependencies['photos'],
  { status, placeId }: Pick<SearchPhotosQuery, 'status' | 'placeId'>,
  page: PageRequest,
): Promise<Page<PhotoItem>> {
  if (status === 'UPLOADED' || status === 'PROCESSING') return onTheirWay(photos, { status, placeId }, page);
  // The query's schema asks for a place here: there is no list of all published photos.
  if (status === 'PUBLISHED') return photos.listPublished(placeId ?? '', page);
  return photos.listAttention(status, page, placeId);
}

async function onTheirWay(
  photos: Dependencies['photos'],
  { status, placeId }: Pick<SearchPhotosQuery, 'status' | 'placeId'>,
  { limit, after }: PageRequest,
): Promise<Page<PhotoItem>> {
  const shards = Array.from({ length: unfinishedShards }, (_, shard) => shard);
  const ids = await Promise.all(shards.map((shard) => photos.listDue(shard, endOfTime, perShard)));
  const position = ({ statusAt, photoId }: PhotoItem) => photoKeys.since(statusAt, photoId);
  const found = (await photos.getMany(ids.flat()))
    .filter((photo) => photo.status === status && (placeId === undefined || photo.placeId === placeId))
    .filter((photo) => after === undefined || position(photo) < after)
    .sort((a, b) => (position(a) < position(b) ? 1 : -1));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last && { last: position(last) }) };
}
