import type { ListReviewsQuery, Review, ReviewPage } from '#contracts/api/reviews.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { decodeCursor, encodeCursor } from '#platform/cursor.ts';
import { logger } from '#platform/logger.ts';
import { placeNames } from '../../place-names.ts';
import type { PlaceStore } from '../../stores/place-store.ts';
import type { ReviewStore } from '../../stores/review-store.ts';
import { reviewView } from '../../views.ts';

/** Signs a URL that shows one picture of the upload bucket to whoever holds it. */
export interface PictureLinks {
  sign(key: string, seconds: number): Promise<string>;
}

interface Dependencies {
  readonly reviews: Pick<ReviewStore, 'listWaiting'>;
  readonly places: Pick<PlaceStore, 'get'>;
  readonly links: PictureLinks;
  readonly now: () => Date;
}

/** Long enough to look at a page of photos, and not to pass a link on. */
const linkSeconds = 900;

/** Lists the photos that wait for a ranger, longest waiting first, each with a link to its picture. */
export const listReviews =
  ({ reviews, places, links, now }: Dependencies) =>
  async ({ query: { limit, cursor } }: { query: ListReviewsQuery }): Promise<ReviewPage> => {
    const after = decodeCursor(cursor, /^[\d\-T:.]+Z#[0-9A-Z]{26}$/);
    const at = now();
    const expiresAt = new Date(at.getTime() + linkSeconds * 1000).toISOString();
    const { items, last } = await reviews.listWaiting(at.toISOString(), { limit, ...(after && { after }) });
    const names = await placeNames(places, items);
    const shown = await Promise.all(items.map(show));
    return { items: shown.flat(), ...(last && { nextCursor: encodeCursor(last) }) };

    async function show(photo: PhotoItem): Promise<readonly Review[]> {
      if (!photo.picture) {
        logger.error('Photo without a picture left out of the reviews', { photoId: photo.photoId });
        return [];
      }
      const url = await links.sign(photo.picture, linkSeconds);
      return [reviewView(photo, { url, expiresAt }, names.get(photo.placeId))];
    }
  };
