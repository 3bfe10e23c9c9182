import { expect, it, vi } from 'vitest';
import * as z from 'zod';
import { InvalidError } from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import { lambdaContext } from '../testing/lambda.ts';
import { taskHandler } from './task.ts';

const schema = z.object({ photoId: z.string() });

it('hands the parsed input on and returns the result', async () => {
  const useCase = vi.fn(async () => ({ done: true }));
  const result = await taskHandler(schema, useCase)({ photoId: '1', extra: 2 }, lambdaContext);
  expect(result).toEqual({ done: true });
  expect(useCase).toHaveBeenCalledWith({ photoId: '1' });
});

it('refuses an input that does not fit under the name InvalidError, which no Retry takes', async () => {
  const useCase = vi.fn(async () => ({}));
  const attempt = taskHandler(schema, useCase)({}, lambdaContext);
  await expect(attempt).rejects.toThrow(InvalidError);
  expect(useCase).not.toHaveBeenCalled();
});

it('lets an error out as it is, logged once', async () => {
  // Prepare
  const log = vi.spyOn(logger, 'error').mockClear();
  const error = Object.assign(new Error('gone'), { name: 'OriginalMissing' });
  const handler = taskHandler(schema, async () => {
    throw error;
  });

  // Act
  const attempt = handler({ photoId: '1' }, lambdaContext);

  // Assess
  await expect(attempt).rejects.toBe(error);
  expect(log).toHaveBeenCalledExactlyOnceWith('Task failed', { error });
});
