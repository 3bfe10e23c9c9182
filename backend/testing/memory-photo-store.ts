import type { AttentionStatus } from '#contracts/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { photoKeys } from '#contracts/tables/keys.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import type { Deletion, Ending, Handover, PhotoStore, Seen } from '../stores/photo-store.ts';

/** The photos in a map, with the same conditions as the table's. */
export class MemoryPhotoStore implements PhotoStore {
  readonly photos = new Map<string, PhotoItem>();
  /** When the sweeper should look at a photo. */
  readonly due = new Map<string, string>();

  constructor(...photos: readonly PhotoItem[]) {
    for (const photo of photos) this.photos.set(photo.photoId, photo);
  }

  async get(photoId: string): Promise<PhotoItem | undefined> {
    return this.photos.get(photoId);
  }

  async getMany(photoIds: readonly string[]): Promise<readonly PhotoItem[]> {
    return photoIds.flatMap((photoId) => this.photos.get(photoId) ?? []);
  }

  async create(photo: PhotoItem, dueAt: string): Promise<void> {
    this.photos.set(photo.photoId, photo);
    this.due.set(photo.photoId, dueAt);
  }

  async listPublished(placeId: string, page: PageRequest): Promise<Page<PhotoItem>> {
    const position = (photo: PhotoItem) => photoKeys.published(photo.publishedAt ?? '', photo.photoId);
    return this.#page((photo) => photo.status === 'PUBLISHED' && photo.placeId === placeId, position, page);
  }

  async listOwned(ownerId: string, page: PageRequest): Promise<Page<PhotoItem>> {
    return this.#page(
      (photo) => photo.ownerId === ownerId,
      ({ photoId }) => photoId,
      page,
    );
  }

  async listAttention(
    status: AttentionStatus,
    page: PageRequest,
    placeId?: string,
  ): Promise<Page<PhotoItem>> {
    return this.#page(
      (photo) => photo.status === status && (placeId === undefined || photo.placeId === placeId),
      ({ statusAt, photoId }) => photoKeys.since(statusAt, photoId),
      page,
    );
  }

  async markUploaded(photoId: string, { workflow, size, etag, now, dueAt }: Handover): Promise<boolean> {
    if (this.photos.get(photoId)?.status !== 'AWAITING_UPLOAD') return false;
    return this.#change(photoId, { status: 'UPLOADED', statusAt: now, workflow, size, etag }, dueAt);
  }

  async markDeleted(photoId: string, { reason, now, expiresAt }: Deletion): Promise<boolean> {
    if (this.photos.get(photoId)?.status !== 'PUBLISHED') return false;
    return this.#change(photoId, { status: 'DELETED', statusAt: now, reason, expiresAt });
  }

  async listDue(shard: number, now: string, limit: number): Promise<readonly string[]> {
    return [...this.due]
      .filter(([photoId, dueAt]) => photoKeys.unfinished(photoId).endsWith(`#${shard}`) && dueAt <= now)
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([photoId]) => photoId);
  }

  async markSentAgain(
    seen: Seen,
    { workflow, dueAt }: Pick<Handover, 'workflow' | 'dueAt'>,
  ): Promise<boolean> {
    return (
      this.#unchanged(seen) && this.#change(seen.photoId, { workflow, attempts: seen.attempts + 1 }, dueAt)
    );
  }

  async markRetried(
    seen: Seen,
    { workflow, now, dueAt }: Pick<Handover, 'workflow' | 'now' | 'dueAt'>,
  ): Promise<boolean> {
    if (!this.#unchanged(seen)) return false;
    const forgotten = { reason: undefined, message: undefined, labels: undefined, executionId: undefined };
    const move = { status: 'UPLOADED', statusAt: now, workflow, attempts: 0 } as const;
    return this.#change(seen.photoId, { ...forgotten, ...move }, dueAt);
  }

  async markFailed(seen: Seen, ending: Ending): Promise<boolean> {
    return this.#end(seen, 'FAILED', ending);
  }

  async markRejected(seen: Seen, ending: Ending): Promise<boolean> {
    return this.#end(seen, 'REJECTED', ending);
  }

  async drop(seen: Seen): Promise<boolean> {
    if (!this.#unchanged(seen)) return false;
    this.due.delete(seen.photoId);
    return this.photos.delete(seen.photoId);
  }

  #end(seen: Seen, status: 'FAILED' | 'REJECTED', { reason, message, now }: Ending): boolean {
    if (!this.#unchanged(seen)) return false;
    this.due.delete(seen.photoId);
    return this.#change(seen.photoId, { status, statusAt: now, reason, message });
  }

  #unchanged({ photoId, status, statusAt, attempts }: Seen): boolean {
    const now = this.photos.get(photoId);
    return now?.status === status && now.statusAt === statusAt && now.attempts === attempts;
  }

  #change(photoId: string, changes: Partial<PhotoItem>, dueAt?: string): boolean {
    const before = this.photos.get(photoId);
    if (!before) return false;
    this.photos.set(photoId, { ...before, ...changes });
    if (dueAt !== undefined) this.due.set(photoId, dueAt);
    return true;
  }

  #page(
    belongs: (photo: PhotoItem) => boolean,
    position: (photo: PhotoItem) => string,
    { limit, after }: PageRequest,
  ): Page<PhotoItem> {
    const behind = [...this.photos.values()]
      .filter((photo) => belongs(photo) && (after === undefined || position(photo) < after))
      .sort((a, b) => (position(a) < position(b) ? 1 : -1));
    const items = behind.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(behind.length > limit && last && { last: position(last) }) };
  }
}
