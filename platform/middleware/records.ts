import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { InvalidError } from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import { validate } from './validation.ts';

/**
 * Builds the handler of an SQS queue: each message's JSON body is parsed and worked on alone; a message that
 * fails goes back to the queue, and after its receive count is used up to the dead-letter queue, without the others.
 */
export function queueHandler<Schema extends z.ZodType>(
  schema: Schema,
  useCase: (message: z.infer<Schema>) => Promise<void>,
) {
  const processor = new BatchProcessor(EventType.SQS);
  const inner = (event: SQSEvent, context: Context) =>
    processPartialResponse(
      event,
      async (record: SQSRecord) => {
        try {
          await useCase(validate(schema, parseJson(record.body), 'message'));
        } catch (error) {
          logger.error('Message failed', { messageId: record.messageId, error });
          throw error;
        }
      },
      processor,
      // All messages failing is an answer too: throwing then would hide which ones they were.
      { context, throwOnFullBatchFailure: false },
    );
  return middy(inner).use(injectLambdaContext(logger, { resetKeys: true }));
}

/** The parser's own error would carry a piece of the body into the log. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidError('Expected a JSON message, got text that is not JSON');
  }
}

/** Takes a stream record that could not be worked on, so that it does not hold up the ones behind it. */
export interface PoisonQueue {
  send(record: DynamoDBRecord, error: unknown): Promise<void>;
}

/**
 * Builds the handler of a table's stream: records are worked on in order; one that can never succeed goes to the
 * poison queue and the stream goes on, because it would block its shard until it expires. Any other failure fails the
 * batch, which the event source repeats, records that are done included.
 */
export function streamHandler(useCase: (record: DynamoDBRecord) => Promise<void>, poison: PoisonQueue) {
  const inner = async (event: DynamoDBStreamEvent, _context: Context): Promise<void> => {
    for (const record of event.Records) {
      try {
        await useCase(record);
      } catch (error) {
        logger.error('Stream record failed', { eventID: record.eventID, error });
        if (!(error instanceof z.ZodError || error instanceof InvalidError)) throw error;
        await poison.send(record, error);
      }
    }
  };
  return middy(inner).use(injectLambdaContext(logger, { resetKeys: true }));
}
