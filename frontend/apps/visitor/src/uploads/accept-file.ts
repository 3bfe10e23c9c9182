import { messages } from '../messages.ts';
import { checkFile } from './check-file.ts';
import type { Entry } from './entries.ts';
import type { UploadRecord } from './store.ts';

export interface Refusal {
  reason: string;
  message: string;
}

/** Turns a chosen file into a record with a copy of its bytes, or says why this phone does not send it. */
export async function acceptFile(entry: Entry, file: File): Promise<UploadRecord | Refusal> {
  const check = await checkFile(file);
  if (!check.ok) return { reason: check.reason, message: check.message };
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (!bytes) return { reason: 'CORRUPT', message: messages.uploads.refused.CORRUPT };
  const { id, ownerId, placeId, placeName, fileName, caption } = entry;
  return {
    ...{ id, ownerId, placeId, placeName, fileName, caption },
    contentType: check.contentType,
    bytes: new Blob([bytes], { type: check.contentType }),
    status: 'waiting',
    idempotencyKey: crypto.randomUUID(),
    createdAt: Date.now(),
  };
}
