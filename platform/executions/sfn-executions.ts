import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  type HistoryEvent,
  paginateGetExecutionHistory,
  type SFNClient,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { executionStatuses } from '#contracts/api/executions.ts';
import type { Executions, RecordedExecution } from './read-execution.ts';

const definitionSchema = z.record(z.string(), z.unknown());
// One that is about to be driven again is on its way, too.
const statusSchema = z.preprocess(
  (status) => (status === 'PENDING_REDRIVE' ? 'RUNNING' : status),
  z.enum(executionStatuses),
);

/** Executions in Step Functions. */
export class SfnExecutions implements Executions {
  readonly #client: SFNClient;

  constructor(client: SFNClient) {
    this.#client = client;
  }

  async read(executionArn: string): Promise<RecordedExecution | undefined> {
    try {
      const [described, { definition = '{}' }, events] = await Promise.all([
        this.#client.send(new DescribeExecutionCommand({ executionArn })),
        this.#client.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
        this.#history(executionArn),
      ]);
      const { name = '', status, startDate = new Date(0), stopDate, input, output, error, cause } = described;
      return {
        name,
        status: statusSchema.parse(status),
        startedAt: startDate,
        stoppedAt: stopDate,
        input,
        output,
        failure: error || cause ? { error: error ?? 'Unknown', cause: cause ?? '' } : undefined,
        definition: definitionSchema.parse(JSON.parse(definition)),
        events,
      };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist || error instanceof StateMachineDoesNotExist)
        return undefined;
      throw error;
    }
  }

  async #history(executionArn: string): Promise<readonly HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    const pages = paginateGetExecutionHistory({ client: this.#client, pageSize: 1000 }, { executionArn });
    for await (const page of pages) events.push(...(page.events ?? []));
    return events;
  }
}
