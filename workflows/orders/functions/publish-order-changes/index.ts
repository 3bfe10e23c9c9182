import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { eventbridge } from '#platform/clients/eventbridge.ts';
import { loadConfig } from '#platform/config.ts';
import { EventBridgeBus } from '#platform/event-bus.ts';
import { streamHandler } from '#platform/middleware/records.ts';
import { settings } from '../../config.ts';
import { deadLetter, publishOrderChange } from './publish-order-changes.ts';

const config = loadConfig({ BUS_NAME: settings.name, POISON_QUEUE_URL: z.url() }, process.env);
const publish = publishOrderChange({ bus: new EventBridgeBus(eventbridge(), config.BUS_NAME) });
const sqs = new SQSClient({});

const image = (attributes: unknown) => unmarshall(attributes as Record<string, AttributeValue>);

export const handler = streamHandler(
  async ({ dynamodb }: DynamoDBRecord) => {
    if (!dynamodb?.NewImage) return;
    const before = dynamodb.OldImage && image(dynamodb.OldImage);
    await publish({ before, after: image(dynamodb.NewImage) });
  },
  {
    async send(record) {
      const message = { QueueUrl: config.POISON_QUEUE_URL, MessageBody: deadLetter(record) };
      await sqs.send(new SendMessageCommand(message));
    },
  },
);
