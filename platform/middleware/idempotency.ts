import type { JSONValue } from '@aws-lambda-powertools/commons/types';
import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { Context } from 'aws-lambda';
import { AppError, ConflictError, InvalidError } from '#platform/errors.ts';
import type { Caller } from './caller.ts';

interface Operation {
  readonly key: string | undefined;
  readonly caller: Caller | undefined;
  readonly operation: string;
}

/** Runs an operation once for each `Idempotency-Key` and caller; a repetition gets the first answer. */
export interface Idempotency {
  once<Result>(
    operation: Operation,
    input: unknown,
    run: () => Promise<Result>,
    context: Context,
  ): Promise<Result>;
}

/** Keeps the first answers in a DynamoDB table for `expiresAfterSeconds`; without a key the operation just runs. */
export function dynamodbIdempotency(tableName: string, expiresAfterSeconds: number): Idempotency {
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName });
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'key',
    payloadValidationJmesPath: 'input',
    expiresAfterSeconds,
  });
  return {
    async once({ key, caller, operation }, input, run, context) {
      if (key === undefined) return run();
      if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
        throw new InvalidError('Expected an Idempotency-Key of 1 to 128 visible ASCII characters');
      }
      config.registerLambdaContext(context);
      const idempotent = makeIdempotent(async (_payload: JSONValue) => run(), { persistenceStore, config });
      try {
        return await idempotent({ key: [caller?.userId ?? '', operation, key], input: input as JSONValue });
      } catch (error) {
        throw translate(error);
      }
    },
  };
}

function translate(error: unknown): unknown {
  if (error instanceof IdempotencyAlreadyInProgressError) {
    return new ConflictError('The same request is still being worked on. Wait a moment and ask again.');
  }
  if (error instanceof IdempotencyValidationError) {
    return new AppError(
      'IDEMPOTENCY_KEY_REUSED',
      'Expected the same request as before under this Idempotency-Key, got another one. Use a new key.',
    );
  }
  return error;
}
