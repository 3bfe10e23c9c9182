import { SFNClient, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { workflowsResponse } from '#contracts/api/workflows.ts';
import type { Routing } from '#contracts/tables/items.ts';
import { stubClient } from '#platform/testing/stub-client.ts';
import { later, sampleId, time } from '../../testing/samples.ts';
import { listWorkflows } from './list-workflows.ts';
import { SfnMachines } from './sfn-machines.ts';

const counts = { started: 3, running: 1, succeeded: 1, failed: 1, more: false };
const definition = { StartAt: 'Claim Photo' };

function list(routing: Routing, consoleUrl?: string) {
  const registered = ['v1', 'v2', 'v3'].map((version) => ({ version, stateMachineArn: `arn:${version}` }));
  return listWorkflows({
    routing: { get: async () => routing },
    registry: { list: async () => registered },
    machines: {
      inspect: async (arn, since) => {
        expect(since).toEqual(later(-3600));
        return arn === 'arn:v3' ? undefined : { definition, updatedAt: time, counts };
      },
    },
    now: () => later(0),
    consoleUrl,
  })();
}

describe('listWorkflows', () => {
  it('shows each version with its share, its places and its last hour, but not one that is being deleted', async () => {
    const routing = {
      active: 'v1',
      canary: { version: 'v2', percent: 12.5 },
      places: { [sampleId(1)]: 'v2', [sampleId(2)]: 'v1', [sampleId(3)]: 'v2' },
      revision: 4,
    };
    const answer = await list(routing);
    expect(workflowsResponse.parse(answer)).toEqual(answer);
    expect(answer.routing).toEqual(routing);
    expect(answer.workflows).toEqual([
      { version: 'v1', share: 87.5, places: [sampleId(2)], definition, updatedAt: time, lastHour: counts },
      {
        version: 'v2',
        share: 12.5,
        places: [sampleId(1), sampleId(3)],
        definition,
        updatedAt: time,
        lastHour: counts,
      },
    ]);
  });

  it('links to the AWS console only where there is one', async () => {
    const { workflows } = await list({ active: 'v2', revision: 0 }, 'https://console.example.com/states');
    expect(workflows[1]).toMatchObject({
      share: 100,
      consoleUrl: 'https://console.example.com/states#/statemachines/view/arn:v2',
    });
  });
});

describe('SfnMachines', () => {
  const at = (seconds: number) => later(seconds);
  const stub = (...answers: unknown[]) => stubClient(new SFNClient({ region: 'eu-central-1' }), ...answers);
  const machine = { definition: JSON.stringify(definition), creationDate: at(-9000) };

  it('counts what was started since then, by what became of it', async () => {
    const executions = [
      { executionArn: 'e1', status: 'RUNNING', startDate: at(10) },
      { status: 'SUCCEEDED', startDate: at(5), stopDate: at(9) },
      { status: 'FAILED', startDate: at(4), stopDate: at(8) },
      { status: 'TIMED_OUT', startDate: at(3), stopDate: at(7) },
      { status: 'ABORTED', startDate: at(0), stopDate: at(6) },
      { status: 'SUCCEEDED', startDate: at(-1), stopDate: at(5) },
      { status: 'SUCCEEDED', startDate: at(-9), stopDate: at(-8) },
    ];
    const { client } = stub(machine, { executions, nextToken: 'more' }, { updateDate: at(-60) });
    expect(await new SfnMachines(client).inspect('arn', at(0))).toEqual({
      definition,
      updatedAt: at(-60).toISOString(),
      counts: { started: 5, running: 1, succeeded: 1, failed: 3, more: false },
    });
  });

  it('says when there are more than it counts', async () => {
    const executions = [{ executionArn: 'e1', status: 'SUCCEEDED', startDate: at(5), stopDate: at(6) }];
    const { client, sent } = stub(machine, { executions, nextToken: 'more' });
    const found = await new SfnMachines(client).inspect('arn', at(0));
    expect(found?.counts).toMatchObject({ started: 1, more: true });
    expect(sent.map(({ name }) => name)).toEqual([
      'DescribeStateMachineCommand',
      'ListExecutionsCommand',
      'DescribeStateMachineForExecutionCommand',
    ]);
  });

  it('knows a machine that nothing has run yet by the day it was made', async () => {
    const { client } = stub(machine, {});
    const found = await new SfnMachines(client).inspect('arn', at(0));
    expect(found).toMatchObject({ updatedAt: at(-9000).toISOString(), counts: { started: 0, more: false } });
  });

  it('has nothing to say of a machine that is gone, and hides no other error', async () => {
    const gone = new StateMachineDoesNotExist({ message: 'gone', $metadata: {} });
    expect(await new SfnMachines(stub(gone).client).inspect('arn', at(0))).toBeUndefined();
    const broken = new SfnMachines(stub(new Error('down')).client);
    await expect(broken.inspect('arn', at(0))).rejects.toThrow('down');
  });
});
