import { createServer } from 'node:http';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterEach, expect, test } from 'vitest';
import { localClientConfig } from './aws.ts';
import { failedResources } from './sam.ts';

const server = createServer();
afterEach(() => server.close());

test('a failed resource is named though the events of the rollback fill the first page', async () => {
  // Prepare
  const now = new Date().toISOString();
  const old = new Date(Date.now() - 3_600_000).toISOString();
  const client = await servePages([
    [event('Bucket', 'DELETE_COMPLETE', now)],
    [
      event('Table', 'CREATE_FAILED', now, 'Resource creation cancelled'),
      event('Bucket', 'CREATE_FAILED', now, 'no such queue'),
    ],
    [event('Role', 'CREATE_FAILED', old, 'an earlier deploy')],
  ]);
  // Act
  const reasons = await failedResources(client, 'a-stack', new Date(Date.now() - 60_000));
  // Assess
  expect(reasons).toEqual(['Bucket (AWS::S3::Bucket): no such queue']);
});

function event(id: string, status: string, time: string, reason = ''): string {
  const why = reason && `<ResourceStatusReason>${reason}</ResourceStatusReason>`;
  return `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType><ResourceStatus>${status}</ResourceStatus><Timestamp>${time}</Timestamp>${why}</member>`;
}

/** Answers one page of events after the other, as CloudFormation does. */
async function servePages(pages: readonly string[][]): Promise<CloudFormationClient> {
  let asked = 0;
  server.on('request', (_request, answer) => {
    const events = (pages[asked] ?? []).join('');
    asked += 1;
    const next = asked < pages.length ? `<NextToken>${asked}</NextToken>` : '';
    answer.setHeader('content-type', 'text/xml');
    answer.end(
      `<DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents>${events}</StackEvents>${next}</DescribeStackEventsResult></DescribeStackEventsResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return new CloudFormationClient(localClientConfig(`http://127.0.0.1:${port}`));
}
