import { messages } from '../messages.ts';
import { type FileKind, kindOf, type PhotoType, sizeOf } from './image-header.ts';
import type { UploadRecord } from './store.ts';
import type { RefusalReason } from './types.ts';

/** The limits of the form and of the workflow; a test compares them with the contract. */
export const limits = {
  bytes: 20 * 1024 * 1024,
  megapixels: 50,
  megapixelsAvif: 24,
} as const;

export type FileCheck =
  | { ok: true; contentType: UploadRecord['contentType'] }
  | { ok: false; reason: RefusalReason; message: string };

/** Cameras put a preview of up to 64 KiB a segment, and some several of them, before the size of the picture. */
const HEADER_BYTES = 512 * 1024;

const words = messages.uploads.refused;
const refuse = (reason: RefusalReason, message: string): FileCheck => ({ ok: false, reason, message });

/** Looks at a file before anything is sent, and says no for the reasons and in the words of the workflow (`workflows/imaging/rejection.ts`). */
export async function checkFile(file: Blob): Promise<FileCheck> {
  if (file.size === 0) return refuse('EMPTY', words.EMPTY);
  let header: Uint8Array;
  try {
    header = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer());
  } catch {
    return refuse('CORRUPT', words.CORRUPT);
  }
  const kind = kindOf(header);
  if (!isPhoto(kind)) return refuse('UNSUPPORTED_TYPE', words.UNSUPPORTED_TYPE[kind]);
  if (file.size > limits.bytes) return refuse('TOO_LARGE', words.TOO_LARGE);
  const size = sizeOf(kind, header);
  const limit = kind === 'avif' ? limits.megapixelsAvif : limits.megapixels;
  if (size && size.width * size.height > limit * 1_000_000) {
    return refuse('TOO_MANY_PIXELS', words.TOO_MANY_PIXELS(size, kind.toUpperCase(), limit));
  }
  return { ok: true, contentType: `image/${kind}` };
}

function isPhoto(kind: FileKind): kind is PhotoType {
  return kind === 'jpeg' || kind === 'png' || kind === 'webp' || kind === 'avif';
}
