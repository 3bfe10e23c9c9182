import { DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { stackResources } from '../support/aws.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, deadLetterQueues } from './app.ts';

/** How many messages a queue holds, those in flight included. */
async function countMessages(url: string): Promise<number> {
  const { Attributes = {} } = await aws.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, value) => sum + Number(value), 0);
}

/** Waits until all that came to a queue of the backend was dealt with, and nothing of it failed. */
export async function expectEmptyQueue(name: string): Promise<void> {
  const url = (await stackResources(aws, 'happy-path-backend')).get(name);
  if (!url) throw new Error(`Expected the backend to have a queue ${name}, got none`);
  let left = 0;
  const isEmpty = async () => {
    left = await countMessages(url);
    return left === 0 || undefined;
  };
  await waitUntil(`${name} to be empty`, isEmpty, { seen: () => `${left} messages` });
}

/** Nothing has failed for good anywhere; shows what has. */
export async function expectNoDeadLetters(): Promise<void> {
  const queues = await deadLetterQueues();
  expect(queues.length).toBeGreaterThan(5);
  const failed = await Promise.all(
    queues.map(async ({ name, url }) => ((await countMessages(url)) > 0 ? [name, await peek(url)] : [])),
  );
  expect(failed.flat()).toEqual([]);
}

async function peek(QueueUrl: string): Promise<readonly (string | undefined)[]> {
  const received = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 });
  const { Messages = [] } = await aws.sqs.send(received);
  return Messages.map(({ Body }) => Body);
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
