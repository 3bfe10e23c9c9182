import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { InvalidError } from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import { lambdaContext, sqsEvent } from '../testing/lambda.ts';
import { queueHandler, streamHandler } from './records.ts';

describe('queueHandler', () => {
  const schema = z.object({ n: z.number() });

  it('works on every message and reports none when all is well', async () => {
    // Prepare
    const seen: number[] = [];
    const handler = queueHandler(schema, async ({ n }) => void seen.push(n));

    // Act
    const answer = await handler(sqsEvent('{"n":1}', '{"n":2}'), lambdaContext);

    // Assess
    expect(seen).toEqual([1, 2]);
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it('reports exactly the messages that failed, and the others are done', async () => {
    // Prepare
    const log = vi.spyOn(logger, 'error').mockClear();
    const seen: number[] = [];
    const handler = queueHandler(schema, async ({ n }) => {
      if (n === 4) throw new Error('busy');
      seen.push(n);
    });

    // Act
    const event = sqsEvent('{"n":1}', 'not JSON', '{"n":"2"}', '{"n":3}', '{"n":4}');
    const answer = await handler(event, lambdaContext);

    // Assess
    expect(seen).toEqual([1, 3]);
    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '2' }, { itemIdentifier: '4' }],
    });
    const logged = log.mock.calls.map(([, extra]) => extra);
    expect(logged).toEqual(['1', '2', '4'].map((messageId) => ({ messageId, error: expect.any(Error) })));
  });

  it('answers and does not throw when every message failed', async () => {
    const handler = queueHandler(schema, async () => undefined);
    const answer = await handler(sqsEvent('x', 'y'), lambdaContext);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }, { itemIdentifier: '1' }] });
  });

  it('forgets the failures of the batch before', async () => {
    const handler = queueHandler(schema, async () => undefined);
    await handler(sqsEvent('x'), lambdaContext);
    expect(await handler(sqsEvent('{"n":1}'), lambdaContext)).toEqual({ batchItemFailures: [] });
  });
});

describe('streamHandler', () => {
  const records: DynamoDBRecord[] = ['1', '2', '3'].map((eventID) => ({ eventID }));
  const broken = async ({ eventID }: DynamoDBRecord) => {
    if (eventID === '2') throw new InvalidError('unreadable');
  };

  it('works on the records in order, one after the other', async () => {
    // Prepare
    const steps: string[] = [];
    const handler = streamHandler(
      async ({ eventID }) => {
        steps.push(`begin ${eventID}`);
        await Promise.resolve();
        steps.push(`end ${eventID}`);
      },
      { send: async () => undefined },
    );

    // Act
    await handler({ Records: records }, lambdaContext);

    // Assess
    expect(steps).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
  });

  it('sends a record that can never succeed to the poison queue and goes on', async () => {
    const done: unknown[] = [];
    const poison = { send: vi.fn(async () => undefined) };
    const handler = streamHandler(async (record) => {
      await broken(record);
      done.push(record.eventID);
    }, poison);
    await handler({ Records: records }, lambdaContext);
    expect(done).toEqual(['1', '3']);
    expect(poison.send).toHaveBeenCalledExactlyOnceWith({ eventID: '2' }, expect.any(Error));
  });

  it('fails the batch over what may pass, so that the event source repeats it', async () => {
    const poison = { send: vi.fn(async () => undefined) };
    const outage = async () => {
      throw new Error('the bus is busy');
    };
    const attempt = streamHandler(outage, poison)({ Records: records }, lambdaContext);
    await expect(attempt).rejects.toThrow('the bus is busy');
    expect(poison.send).not.toHaveBeenCalled();
  });

  it('fails the batch when even the poison queue does not take it, so that nothing is lost', async () => {
    const poison = { send: vi.fn().mockRejectedValue(new Error('queue down')) };
    const attempt = streamHandler(broken, poison)({ Records: records }, lambdaContext);
    await expect(attempt).rejects.toThrow('queue down');
  });
});
