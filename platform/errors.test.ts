import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { errorCodes } from '#contracts/api/errors.ts';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  TransientError,
  UnauthenticatedError,
} from './errors.ts';
import { validate } from './middleware/validation.ts';

describe('errors', () => {
  it.each([
    [new AppError('NOT_FOUND', 'm'), 'AppError', 404],
    [new InvalidError('m'), 'InvalidError', 400],
    [new UnauthenticatedError('m'), 'UnauthenticatedError', 401],
    [new ForbiddenError('m'), 'ForbiddenError', 403],
    [new NotFoundError('m'), 'NotFoundError', 404],
    [new ConflictError('m'), 'ConflictError', 409],
    [new TransientError('m'), 'TransientError', 500],
  ])('%# carry a literal name and a code with a status', (error, name, status) => {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ name, message: 'm' });
    expect(errorCodes[error.code]).toBe(status);
  });

  it('keep their cause and details', () => {
    const cause = new Error('disk');
    const details = [{ path: 'body.size', message: 'too large' }];
    expect(new InvalidError('m', { cause, details })).toMatchObject({ cause, details });
    expect(new TransientError('m', { cause })).toMatchObject({ cause });
  });

  it('ask for a sign-in when nothing else is said', () => {
    expect(new UnauthenticatedError().message).toMatch(/Sign in/);
  });
});

describe('validate', () => {
  const schema = z.strictObject({ size: z.int('Expected bytes'), tags: z.array(z.string()).default([]) });

  it('returns the parsed value', () => {
    expect(validate(schema, { size: 1 }, 'body')).toEqual({ size: 1, tags: [] });
  });

  it('names every wrong field under its root, the first one in the message', () => {
    const run = () => validate(schema, { size: 'x', tags: ['a', 1] }, 'body');
    expect(run).toThrow(
      expect.objectContaining({
        name: 'InvalidError',
        message: 'body.size: Expected bytes',
        details: [
          { path: 'body.size', message: 'Expected bytes' },
          { path: 'body.tags.1', message: expect.any(String) },
        ],
      }),
    );
  });

  it('says so when the whole is not what was expected', () => {
    expect(() => validate(schema, null, 'body')).toThrow(/^body: /);
  });
});
