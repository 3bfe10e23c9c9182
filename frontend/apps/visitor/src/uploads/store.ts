import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RequestUploadResponse } from '#contracts/api/photos.ts';

/** An upload as the phone keeps it, so that it outlives the tab. */
export interface UploadRecord {
  id: string;
  /** Whose it is; nobody's until somebody signs in. */
  ownerId?: string | undefined;
  placeId: string;
  placeName: string;
  fileName: string;
  caption?: string | undefined;
  contentType: (typeof uploadTypes)[number];
  /** A copy of the file: one from a phone's gallery can vanish or change before it is its turn. */
  bytes: Blob;
  status: 'waiting' | 'processing' | 'rejected' | 'failed';
  /** Same for each try, so that a lost answer does not make a second photo; new when a form has expired. */
  idempotencyKey: string;
  /** Where to send the bytes, as long as it is good. */
  granted?: RequestUploadResponse | undefined;
  /** The bytes have been on their way to `granted`, so they may have arrived although no answer did. */
  tried?: boolean | undefined;
  reason?: string | undefined;
  message?: string | undefined;
  createdAt: number;
}

/** The `uploadContentTypes` of the contract, which would bring zod into the first download; a test compares them. */
export const uploadTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

export interface UploadStore {
  /** All records, oldest first. */
  all(): Promise<UploadRecord[]>;
  get(id: string): Promise<UploadRecord | undefined>;
  put(record: UploadRecord): Promise<void>;
  remove(id: string): Promise<void>;
}

interface Schema extends DBSchema {
  uploads: { key: string; value: UploadRecord };
}

/** Keeps uploads in IndexedDB; what the phone will not keep (private window, disk full) lives as long as the tab. */
export function createUploadStore(name = 'happy-path-uploads'): UploadStore {
  const kept = new Map<string, UploadRecord>();
  let opening: Promise<IDBPDatabase<Schema> | undefined> | undefined;

  function database() {
    opening ??= open().catch(() => undefined);
    return opening;
  }

  // Some browsers reject and some throw at once where they keep nothing; an async function makes both one.
  async function open() {
    return openDB<Schema>(name, 1, {
      upgrade: (db) => {
        db.createObjectStore('uploads', { keyPath: 'id' });
      },
      terminated: () => {
        opening = undefined;
      },
    });
  }

  return {
    async all() {
      const stored = (await (await database())?.getAll('uploads')) ?? [];
      return [...stored, ...kept.values()].sort((a, b) => a.createdAt - b.createdAt);
    },
    async get(id) {
      return kept.get(id) ?? (await database())?.get('uploads', id);
    },
    async put(record) {
      const db = await database();
      try {
        if (!db) throw new Error('Expected IndexedDB, got none');
        await db.put('uploads', record);
        kept.delete(record.id);
      } catch {
        kept.set(record.id, record);
      }
    },
    async remove(id) {
      kept.delete(id);
      await (await database())?.delete('uploads', id);
    },
  };
}
