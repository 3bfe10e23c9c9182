import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { waitUntil } from '../support/wait-until.ts';
import { admit, asGuest, ask, aws, newCafe, ordersOutput, stranger } from './app.ts';

const StackName = `status-listener-${ulid().toLowerCase()}`;
let QueueUrl = '';

/** A queue that hears what the people at the topic's addresses would. */
beforeAll(async () => {
  const TopicArn = ordersOutput('StatusTopicArn');
  const Endpoint = { 'Fn::GetAtt': ['Queue', 'Arn'] };
  const TemplateBody = JSON.stringify({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'sns.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: Endpoint,
              },
            ],
          },
        },
      },
      Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn, Protocol: 'sqs', Endpoint } },
    },
    Outputs: { QueueUrl: { Value: { Ref: 'Queue' } } },
  });
  await aws.cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody }));
  QueueUrl = await waitUntil('the listener to be there', async () => {
    const { Stacks } = await aws.cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.Outputs?.[0]?.OutputValue;
  });
});

afterAll(() => aws.cloudFormation.send(new DeleteStackCommand({ StackName })));

it('who subscribes to the topic hears in words of every order that is over', async () => {
  const { cafeId } = await newCafe();
  const { userId } = stranger();
  const orderId = await admit(cafeId, userId);
  await ask({ action: 'cancel', orderId, caller: asGuest(userId) });
  const heard: string[] = [];
  const text = await waitUntil(
    'a message about the order',
    async () => {
      const { Messages = [] } = await aws.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      heard.push(
        ...Messages.map(
          ({ Body = '{}' }) => z.object({ Message: z.string() }).parse(JSON.parse(Body)).Message,
        ),
      );
      return heard.find((message) => message.includes(orderId));
    },
    { seen: () => heard },
  );
  expect(text).toMatch(new RegExp(`^"?OrderCancelled: order ${orderId} of cafe ${cafeId} at 20`));
  expect(text).not.toContain(userId);
});
