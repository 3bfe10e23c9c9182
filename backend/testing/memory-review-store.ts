import type { PhotoItem } from '#contracts/tables/items.ts';
import { photoKeys } from '#contracts/tables/keys.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import type { Decision, ReviewStore } from '../stores/review-store.ts';
import type { MemoryPhotoStore } from './memory-photo-store.ts';

/** The reviews among some photos in a map, with the same conditions as the table's. */
export class MemoryReviewStore implements ReviewStore {
  readonly #photos: MemoryPhotoStore;
  /** Photos whose pictures are remembered as refused. */
  readonly refused: string[] = [];

  constructor(photos: MemoryPhotoStore) {
    this.#photos = photos;
  }

  async listWaiting(now: string, { limit, after = '' }: PageRequest): Promise<Page<PhotoItem>> {
    const position = ({ statusAt, photoId }: PhotoItem) => photoKeys.since(statusAt, photoId);
    const behind = [...this.#photos.photos.values()]
      .filter((photo) => isOpen(photo, now) && position(photo) > after)
      .sort((a, b) => (position(a) < position(b) ? -1 : 1));
    const items = behind.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(behind.length > limit && last && { last: position(last) }) };
  }

  async decide({ photo, verdict, decidedBy, now }: Decision): Promise<boolean> {
    const current = this.#photos.photos.get(photo.photoId);
    if (!current || current.statusAt !== photo.statusAt || !isOpen(current, now)) return false;
    this.#photos.photos.set(photo.photoId, { ...current, ...verdict, decidedBy, decidedAt: now });
    if (verdict.decision === 'reject') this.refused.push(photo.photoId);
    return true;
  }
}

const isOpen = ({ status, decision, reviewBy = '' }: PhotoItem, now: string): boolean =>
  status === 'IN_REVIEW' && decision === undefined && reviewBy > now;
