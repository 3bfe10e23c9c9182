import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ulid } from 'ulid';
import { aws } from '../integration/app.ts';
import { type Run, runOf } from '../integration/photo-items.ts';
import type { ValueMap } from '../static/templates.ts';
import { waitUntil } from '../support/wait-until.ts';
import { type Subject, uploadedDetail } from './subject.ts';

/** Runs a changed copy of a version's definition for a photo, beside the deployed machine, and answers its execution. */
export async function runCopy(subject: Subject, definition: ValueMap, photoId: string): Promise<Run> {
  const stateMachineArn = await createCopy(subject, definition);
  try {
    const { executionArn = '' } = await aws.sfn.send(
      new StartExecutionCommand({
        stateMachineArn,
        input: JSON.stringify({ detail: uploadedDetail(subject, photoId) }),
      }),
    );
    const status = await waitUntil(`${executionArn} to end`, async () => {
      const described = await aws.sfn.send(new DescribeExecutionCommand({ executionArn }));
      return described.status === 'RUNNING' ? undefined : described.status;
    });
    return await runOf({ executionArn, status });
  } finally {
    await aws.sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
  }
}

async function createCopy({ machineArn, version }: Subject, definition: ValueMap): Promise<string> {
  const { roleArn } = await aws.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }));
  const { stateMachineArn = '' } = await aws.sfn.send(
    new CreateStateMachineCommand({
      name: `conformance-${version}-${ulid()}`,
      definition: JSON.stringify(definition),
      roleArn,
    }),
  );
  return stateMachineArn;
}
