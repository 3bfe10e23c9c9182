import type { ErrorCode } from '#contracts/api/errors.ts';

/** One thing wrong with an input, by its path (`body.size`). */
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

interface AppErrorOptions {
  readonly cause?: unknown;
  readonly details?: readonly ErrorDetail[];
}

/** Base of every error we throw on purpose; its message may be shown to whoever asked. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[] | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }
}

/** The input can never succeed as it is (4xx); nobody retries it. */
export class InvalidError extends AppError {
  override name = 'InvalidError';

  constructor(message: string, options?: AppErrorOptions) {
    super('INVALID_REQUEST', message, options);
  }
}

/** Nobody is signed in, and somebody has to be (401). */
export class UnauthenticatedError extends AppError {
  override name = 'UnauthenticatedError';

  constructor(message = 'Expected a signed-in user. Sign in and try again.') {
    super('UNAUTHENTICATED', message);
  }
}

/** The caller is known and may not do this (403). */
export class ForbiddenError extends AppError {
  override name = 'ForbiddenError';

  constructor(message: string) {
    super('FORBIDDEN', message);
  }
}

/** It does not exist, or the caller may not know that it does (404). */
export class NotFoundError extends AppError {
  override name = 'NotFoundError';

  constructor(message: string) {
    super('NOT_FOUND', message);
  }
}

/** It exists in a state that does not allow this (409). */
export class ConflictError extends AppError {
  override name = 'ConflictError';

  constructor(message: string, options?: AppErrorOptions) {
    super('CONFLICT', message, options);
  }
}

/** It was there once, and its time is over (410). */
export class GoneError extends AppError {
  override name = 'GoneError';

  constructor(message: string) {
    super('GONE', message);
  }
}

/** Nothing is left for now (429); after so many seconds there may be. */
export class TooManyRequestsError extends AppError {
  override name = 'TooManyRequestsError';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super('TOO_MANY_REQUESTS', message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A dependency failed in a way that may pass; the edge's retry policy decides when to try again. */
export class TransientError extends AppError {
  override name = 'TransientError';

  constructor(message: string, options?: AppErrorOptions) {
    super('INTERNAL', message, options);
  }
}
