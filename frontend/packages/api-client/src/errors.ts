import type { ErrorResponse } from '#contracts/api/errors.ts';

/** An answer of the API that is not 2xx; `message` is written for the person in front of the screen. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly details: ErrorResponse['error']['details'];
  /** After how many seconds it is worth asking again, where the API says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, error: ErrorResponse['error'], retryAfter?: number) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.details = error.details;
    this.retryAfter = retryAfter;
  }
}

/** No answer at all: no reception, a name that does not resolve, or a connection that died or took too long. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';

  constructor(cause?: unknown) {
    super('No connection. Check your reception and try again.', { cause });
  }
}
