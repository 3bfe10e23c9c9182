import { computed, type Ref, shallowRef } from 'vue';
import type { UploadRecord } from './store.ts';
import type { UploadItem, UploadStatus } from './types.ts';

/** An upload as the queue knows it; the record is there once the file was checked and kept. */
export interface Entry {
  readonly id: string;
  readonly ownerId?: string | undefined;
  readonly placeId: string;
  readonly placeName: string;
  readonly fileName: string;
  readonly previewUrl: string;
  readonly caption?: string | undefined;
  readonly status: UploadStatus;
  readonly progress: number;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly photoId?: string | undefined;
  readonly record?: UploadRecord | undefined;
  /** The last try ended for want of an answer. */
  readonly cutOff?: boolean;
  /** Tries since the last success or the last wish of the visitor. */
  readonly tries: number;
  /** Not to be tried again before this time, in milliseconds since the epoch. */
  readonly notBefore: number;
}

export interface Surroundings {
  userId: string | undefined;
  online: boolean;
}

/** The list of uploads behind what views see. */
export function createEntries(surroundings: () => Surroundings) {
  const entries = shallowRef<readonly Entry[]>([]);
  const items: Readonly<Ref<readonly UploadItem[]>> = computed(() => {
    const around = surroundings();
    return entries.value.filter((entry) => isVisible(entry, around)).map((entry) => itemOf(entry, around));
  });

  return {
    items,
    all: () => entries.value,
    get: (id: string) => entries.value.find((entry) => entry.id === id),
    add(added: readonly Entry[]): void {
      entries.value = [...entries.value, ...added];
    },
    patch(id: string, change: Partial<Entry>): void {
      entries.value = entries.value.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));
    },
    remove(id: string): void {
      entries.value = entries.value.filter((entry) => entry.id !== id);
    },
  };
}

export type Entries = ReturnType<typeof createEntries>;

/** Two people may share a phone: what one of them has waiting is not shown to the other. */
function isVisible({ ownerId }: Entry, { userId }: Surroundings): boolean {
  return ownerId === undefined || userId === undefined || ownerId === userId;
}

function itemOf(entry: Entry, around: Surroundings): UploadItem {
  const { record: _r, tries: _t, notBefore: _n, cutOff: _c, ownerId: _o, ...item } = entry;
  return { ...item, waitsFor: entry.status === 'waiting' ? waitsFor(entry, around) : undefined };
}

function waitsFor({ cutOff }: Entry, { userId, online }: Surroundings): UploadItem['waitsFor'] {
  if (!online || cutOff) return 'reception';
  return userId === undefined ? 'sign-in' : 'turn';
}

/** The entry of a file that was just chosen. */
export function newEntry(
  about: Pick<Entry, 'ownerId' | 'placeId' | 'placeName' | 'caption'> & { file: File },
): Entry {
  const { file, ...rest } = about;
  return {
    ...rest,
    id: crypto.randomUUID(),
    fileName: file.name,
    previewUrl: URL.createObjectURL(file),
    status: 'waiting',
    progress: 0,
    tries: 0,
    notBefore: 0,
  };
}

/** The entry of an upload kept by an earlier visit. */
export function entryOf(record: UploadRecord): Entry {
  return {
    id: record.id,
    ownerId: record.ownerId,
    placeId: record.placeId,
    placeName: record.placeName,
    fileName: record.fileName,
    caption: record.caption,
    previewUrl: URL.createObjectURL(record.bytes),
    status: record.status,
    progress: record.status === 'waiting' ? 0 : 1,
    reason: record.reason,
    message: record.message,
    photoId: record.granted?.photoId,
    record,
    tries: 0,
    notBefore: 0,
  };
}
