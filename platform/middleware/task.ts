import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { logger } from '#platform/logger.ts';
import { validate } from './validation.ts';

/**
 * Builds the handler of a state machine's Task, or of any function called with plain JSON: parses the input,
 * logs entry ids and outcome, and lets errors out under their own name, so that Retry and Catch can match them.
 *
 * @example
 * export const handler = taskHandler(input, makeRenditions(deps));
 */
export function taskHandler<Schema extends z.ZodType, Result>(
  schema: Schema,
  useCase: (input: z.infer<Schema>) => Promise<Result>,
) {
  const inner = async (event: unknown, _context: Context): Promise<Result> => {
    const input = validate(schema, event, 'input');
    const started = Date.now();
    const result = await useCase(input);
    logger.info('Task done', { milliseconds: Date.now() - started });
    return result;
  };
  return middy(inner)
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .onError(({ error }) => logger.error('Task failed', { error }));
}
