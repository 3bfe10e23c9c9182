import type { ComputedRef, Ref } from 'vue';
import type { RejectionReason } from '#contracts/photos.ts';

/**
 * The life of an upload as its sender sees it. `refused` is the answer of this phone before anything is sent,
 * `rejected` the workflow's; `failed` can be retried.
 */
export type UploadStatus =
  | 'refused'
  | 'waiting'
  | 'uploading'
  | 'processing'
  | 'published'
  | 'rejected'
  | 'failed'
  | 'cancelled';

/** What a waiting upload waits for: its turn (two go at once), reception, or somebody signed in. */
export type WaitsFor = 'turn' | 'reception' | 'sign-in';

export interface UploadItem {
  readonly id: string;
  readonly placeId: string;
  readonly placeName: string;
  readonly fileName: string;
  /** An object URL of the file, for the thumbnail; dies with `dismiss`. Some types a browser cannot draw. */
  readonly previewUrl: string;
  readonly caption?: string | undefined;
  readonly status: UploadStatus;
  /** Only while `waiting`. */
  readonly waitsFor?: WaitsFor | undefined;
  /** Sent part of the file, 0 to 1. */
  readonly progress: number;
  /** Code of the refusal, rejection or failure, for decisions; people read `message`. */
  readonly reason?: string | undefined;
  /** What happened, why, and what to do now. */
  readonly message?: string | undefined;
  /** Known once the server has given the photo a number. */
  readonly photoId?: string | undefined;
}

/** Why this phone does not even send a file: the workflow's reasons and the form's size limit. */
export type RefusalReason = RejectionReason | 'TOO_LARGE';

export interface Uploads {
  /** All that is going on and what was not dismissed yet, oldest first. */
  readonly items: Readonly<Ref<readonly UploadItem[]>>;
  /** How many wait for reception. */
  readonly waiting: ComputedRef<number>;
  add(placeId: string, placeName: string, files: readonly File[], caption?: string): Promise<void>;
  /** Stops what has not reached the server yet. */
  cancel(id: string): Promise<void>;
  /** Sends a failed one again, from the start if need be. */
  retry(id: string): Promise<void>;
  /** Takes one that has ended off the list. */
  dismiss(id: string): Promise<void>;
}
