import {
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  type ExecutionListItem,
  ListExecutionsCommand,
  type SFNClient,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { ExecutionCounts } from '#contracts/api/workflows.ts';
import type { Machine, Machines } from './list-workflows.ts';

/** One page of Step Functions; an hour that has more is not counted to its end. */
const countable = 1000;
const definitionSchema = z.record(z.string(), z.unknown());

/** State machines in Step Functions. */
export class SfnMachines implements Machines {
  readonly #client: SFNClient;

  constructor(client: SFNClient) {
    this.#client = client;
  }

  async inspect(stateMachineArn: string, since: Date): Promise<Machine | undefined> {
    try {
      const [{ definition = '{}', creationDate }, { executions = [], nextToken }] = await Promise.all([
        this.#client.send(new DescribeStateMachineCommand({ stateMachineArn })),
        this.#client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: countable })),
      ]);
      const updatedAt = (await this.#updatedAt(executions[0])) ?? creationDate;
      return {
        definition: definitionSchema.parse(JSON.parse(definition)),
        ...(updatedAt && { updatedAt: updatedAt.toISOString() }),
        counts: countSince(executions, nextToken !== undefined, since),
      };
    } catch (error) {
      if (error instanceof StateMachineDoesNotExist) return undefined;
      throw error;
    }
  }

  /** Step Functions tells when a machine was updated only by way of an execution. */
  async #updatedAt(newest: ExecutionListItem | undefined): Promise<Date | undefined> {
    if (!newest?.executionArn) return undefined;
    const { executionArn } = newest;
    const { updateDate } = await this.#client.send(
      new DescribeStateMachineForExecutionCommand({ executionArn }),
    );
    return updateDate;
  }
}

/** Counts the executions started since then, by what became of them; `executions` come newest first. */
export function countSince(
  executions: readonly ExecutionListItem[],
  cut: boolean,
  since: Date,
): ExecutionCounts {
  const recent = executions.filter(({ startDate }) => startDate !== undefined && startDate >= since);
  const having = (...statuses: string[]) =>
    recent.filter(({ status }) => statuses.includes(status ?? '')).length;
  return {
    started: recent.length,
    running: having('RUNNING', 'PENDING_REDRIVE'),
    succeeded: having('SUCCEEDED'),
    failed: having('FAILED', 'TIMED_OUT', 'ABORTED'),
    // Ended ones may stand at the time of their end, so the last one alone tells whether the list reaches back so far.
    more: cut && latest(executions.at(-1)) >= since.getTime(),
  };
}

const latest = (execution: ExecutionListItem | undefined): number =>
  Math.max(execution?.startDate?.getTime() ?? 0, execution?.stopDate?.getTime() ?? 0);
