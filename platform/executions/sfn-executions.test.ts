import { ExecutionDoesNotExist, SFNClient, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { stubClient } from '#platform/testing/stub-client.ts';
import { awsReview, later } from './histories.testing.ts';
import { SfnExecutions } from './sfn-executions.ts';

const executionId = 'arn:aws:states:eu-central-1:1:execution:happy-path-dev-v3:e1';

describe('SfnExecutions', () => {
  const stub = (...answers: unknown[]) => stubClient(new SFNClient({ region: 'eu-central-1' }), ...answers);
  const described = { name: 'e1', status: 'FAILED', startDate: later(0), stopDate: later(9), error: 'E' };
  const machine = { definition: '{"StartAt":"A"}' };

  it('reads the whole history, page by page', async () => {
    const { client, sent } = stub(
      described,
      machine,
      { events: awsReview.slice(0, 2), nextToken: 'next' },
      { events: awsReview.slice(2, 3) },
    );
    expect(await new SfnExecutions(client).read(executionId)).toEqual({
      name: 'e1',
      status: 'FAILED',
      startedAt: later(0),
      stoppedAt: later(9),
      input: undefined,
      output: undefined,
      failure: { error: 'E', cause: '' },
      definition: { StartAt: 'A' },
      events: awsReview.slice(0, 3),
    });
    expect(sent.at(-1)?.input).toMatchObject({ nextToken: 'next', maxResults: 1000 });
  });

  it('takes one that is about to be driven again for a running one', async () => {
    const { client } = stub({ ...described, status: 'PENDING_REDRIVE' }, machine, { events: [] });
    expect(await new SfnExecutions(client).read(executionId)).toMatchObject({ status: 'RUNNING' });
  });

  it.each([
    new ExecutionDoesNotExist({ message: 'gone', $metadata: {} }),
    new StateMachineDoesNotExist({ message: 'gone', $metadata: {} }),
  ])('has nothing to say after %s', async (gone) => {
    expect(await new SfnExecutions(stub(gone).client).read(executionId)).toBeUndefined();
  });

  it('hides no other error', async () => {
    const attempt = new SfnExecutions(stub(new Error('down')).client).read(executionId);
    await expect(attempt).rejects.toThrow('down');
  });
});
