import { SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import { beforeEach, expect, it, vi } from 'vitest';
import { logger } from '#platform/logger.ts';
import { stubClient } from '#platform/testing/stub-client.ts';
import { SfnExecutions } from './sfn-executions.ts';

const logged = vi.spyOn(logger, 'error').mockImplementation(() => undefined);
beforeEach(() => logged.mockClear());

const prepare = (...answers: unknown[]) => {
  const { client, sent } = stubClient(new SFNClient({ region: 'eu-central-1' }), ...answers);
  return { executions: new SfnExecutions(client), sent };
};
const verdict = { decision: 'reject', reason: 'PEOPLE', message: 'M' } as const;

it('answers the task with the verdict as its output', async () => {
  const { executions, sent } = prepare();
  expect(await executions.resume('secret', verdict)).toBe(true);
  expect(sent).toEqual([
    { name: 'SendTaskSuccessCommand', input: { taskToken: 'secret', output: JSON.stringify(verdict) } },
  ]);
});

it.each([
  new TaskDoesNotExist({ message: 'secret', $metadata: {} }),
  new TaskTimedOut({ message: 'secret', $metadata: {} }),
])('takes a task that is over for nobody waiting', async (error) => {
  expect(await prepare(error).executions.resume('secret', verdict)).toBe(false);
  expect(logged).not.toHaveBeenCalled();
});

it('reports any other error without its message, which may hold the token', async () => {
  expect(await prepare(new Error('secret')).executions.resume('secret', verdict)).toBe(false);
  expect(logged).toHaveBeenCalledOnce();
  expect(JSON.stringify(logged.mock.calls)).not.toContain('secret');
});
