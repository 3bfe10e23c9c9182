import { ulid } from 'ulid';

/** A code that a guest wants to use; under one `scanId` it takes one place, however often it is sent. */
export interface ScanIntent {
  readonly cafeId: string;
  readonly code: string;
  readonly scanId: string;
}

const KEY = 'happy-path:scan';
const path = /^\/cafes\/([^/]+)\/scan$/;

/** What a café's QR code says: a link into this app, whatever name the display reaches the park under. */
export function codeOf(text: string): Omit<ScanIntent, 'scanId'> | undefined {
  if (!URL.canParse(text)) return undefined;
  const { pathname, searchParams } = new URL(text);
  const cafeId = path.exec(pathname)?.[1];
  const code = searchParams.get('code');
  return cafeId !== undefined && code ? { cafeId, code } : undefined;
}

/** Keeps the code while the guest signs in, reloads or tries again; in this window only. */
export function createScanIntents(storage: Storage = sessionStorage) {
  let here: ScanIntent | undefined;

  function kept(): ScanIntent | undefined {
    try {
      here ??= JSON.parse(storage.getItem(KEY) ?? 'null') ?? undefined;
    } catch {
      // Somebody else's text under our key, or no storage at all: then there is nothing to go on with.
    }
    return here;
  }

  return {
    kept,
    begin(cafeId: string, code: string): ScanIntent {
      const before = kept();
      if (before?.cafeId === cafeId && before.code === code) return before;
      here = { cafeId, code, scanId: ulid() };
      try {
        storage.setItem(KEY, JSON.stringify(here));
      } catch {
        // Without a storage the intent lives as long as the page.
      }
      return here;
    },
    end(): void {
      here = undefined;
      try {
        storage.removeItem(KEY);
      } catch {
        // What could not be written is not there either.
      }
    },
  };
}
