import type { AttentionStatus, DeletionReason } from '#contracts/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import type { Page, PageRequest } from '#platform/paging.ts';

/** What route-upload and the sweeper write when they hand a photo to a workflow; times in ISO 8601. */
export interface Handover {
  readonly workflow: string;
  readonly size: number;
  readonly etag: string;
  readonly now: string;
  /** When the sweeper looks again. */
  readonly dueAt: string;
}

/** A photo's way off the map; `expiresAt`, in seconds since 1970, is when even that is forgotten. */
export interface Deletion {
  readonly reason: DeletionReason;
  readonly now: string;
  readonly expiresAt: number;
}

/** The end of a photo that is not shown, with the words for its owner. */
export interface Ending {
  readonly reason: string;
  readonly message: string;
  readonly now: string;
}

/** What a write must find unchanged since the item was read; another's move in between makes it answer false. */
export type Seen = Pick<PhotoItem, 'photoId' | 'status' | 'statusAt' | 'attempts'>;

/** The photos of the application table. Writes that move a status are conditional and answer whether they moved it. */
export interface PhotoStore {
  get(photoId: string): Promise<PhotoItem | undefined>;
  /** The photos of these ids that there are, in any order. */
  getMany(photoIds: readonly string[]): Promise<readonly PhotoItem[]>;
  create(photo: PhotoItem, dueAt: string): Promise<void>;
  listPublished(placeId: string, page: PageRequest): Promise<Page<PhotoItem>>;
  listOwned(ownerId: string, page: PageRequest): Promise<Page<PhotoItem>>;
  /** Photos that the staff looks after, newest first; of one place when that is given. */
  listAttention(status: AttentionStatus, page: PageRequest, placeId?: string): Promise<Page<PhotoItem>>;
  /** `AWAITING_UPLOAD` to `UPLOADED`. */
  markUploaded(photoId: string, handover: Handover): Promise<boolean>;
  /** `PUBLISHED` to `DELETED`. */
  markDeleted(photoId: string, deletion: Deletion): Promise<boolean>;
  /** Ids of the photos of one shard whose time has come, oldest first. */
  listDue(shard: number, now: string, limit: number): Promise<readonly string[]>;
  /** Counts another attempt. The status stays, so that an execution that is slow and not dead can still finish. */
  markSentAgain(seen: Seen, handover: Pick<Handover, 'workflow' | 'dueAt'>): Promise<boolean>;
  /** From an end back to `UPLOADED`, as if the bytes had just arrived. */
  markRetried(seen: Seen, handover: Pick<Handover, 'workflow' | 'now' | 'dueAt'>): Promise<boolean>;
  /** To `FAILED`. */
  markFailed(seen: Seen, failure: Ending): Promise<boolean>;
  /** To `REJECTED`. */
  markRejected(seen: Seen, rejection: Ending): Promise<boolean>;
  /** Forgets a photo whose bytes never came. */
  drop(seen: Seen): Promise<boolean>;
}
