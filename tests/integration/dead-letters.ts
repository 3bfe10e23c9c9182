import { DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { aws, deadLetterQueues } from './app.ts';

/** How many messages a queue holds, those in flight included. */
export async function countMessages(url: string): Promise<number> {
  const { Attributes = {} } = await aws.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, value) => sum + Number(value), 0);
}

/** Nothing has failed for good anywhere; every test that makes something fail takes its message away. */
export async function expectNoDeadLetters(): Promise<void> {
  const counts = Object.fromEntries(
    await Promise.all(
      (await deadLetterQueues()).map(async ({ name, url }) => [name, await countMessages(url)] as const),
    ),
  );
  expect(Object.keys(counts).length).toBeGreaterThan(5);
  expect(Object.entries(counts).filter(([, count]) => count > 0)).toEqual([]);
}

/** Waits for a message with a mark in a dead-letter queue and takes it away. */
export async function takeDeadLetter(queue: string, mark: string): Promise<string> {
  const QueueUrl = (await deadLetterQueues()).find(({ name }) => name === queue)?.url;
  return waitUntil(`a message about ${mark} in ${queue}`, async () => {
    const { Messages = [] } = await aws.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
    );
    const found = Messages.find(({ Body = '' }) => Body.includes(mark));
    if (!found) return undefined;
    await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: found.ReceiptHandle }));
    return found.Body;
  });
}
