import { ApiError, OfflineError } from '@happy-path/api-client';
import { messages } from './messages.ts';
import type { LoadError } from './types.ts';

const kinds: Record<number, LoadError['kind']> = { 401: 'sign-in', 403: 'forbidden', 404: 'not-found' };

/** Puts any failure of a read into words for the person and a kind for the view. */
export function loadErrorOf(error: unknown): LoadError {
  if (error instanceof OfflineError) return { kind: 'offline', message: messages.errors.offline };
  if (error instanceof ApiError) return { kind: kinds[error.status] ?? 'failed', message: error.message };
  // Not an answer of the server: a bug here, which must be seen in the console and not only by the visitor.
  console.error(error);
  return { kind: 'failed', message: messages.errors.unexpected };
}
