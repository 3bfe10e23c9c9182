import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Execution } from '#contracts/api/executions.ts';
import { readable } from './readable.ts';
import { VisitRecorder } from './visits.ts';

/** An execution as Step Functions keeps it; input, output and definition are JSON texts. */
export interface RecordedExecution {
  readonly name: string;
  readonly status: Execution['status'];
  readonly startedAt: Date;
  readonly stoppedAt?: Date | undefined;
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly failure: Execution['failure'] | undefined;
  readonly definition: Record<string, unknown>;
  readonly events: readonly HistoryEvent[];
}

/** Reads executions. */
export interface Executions {
  /** Undefined when its history is no longer kept. */
  read(executionArn: string): Promise<RecordedExecution | undefined>;
}

interface Dependencies {
  readonly executions: Executions;
  /** Where the AWS console shows executions; undefined where there is none. */
  readonly consoleUrl: string | undefined;
}

/**
 * Reads an execution, state by state, without its task tokens; undefined when its history is no longer kept.
 *
 * @example
 * const read = readExecution({ executions: new SfnExecutions(sfn()), consoleUrl: config.CONSOLE_URL });
 * const execution = await read(order.executionArn);
 */
export const readExecution =
  ({ executions, consoleUrl }: Dependencies) =>
  async (executionArn: string): Promise<Execution | undefined> => {
    const recorded = await executions.read(executionArn);
    return (
      recorded && {
        ...viewOf(recorded),
        ...(consoleUrl && { consoleUrl: `${consoleUrl}#/v2/executions/details/${executionArn}` }),
      }
    );
  };

/** Tells an execution's history as visits of states. */
export function viewOf(recorded: RecordedExecution): Execution {
  const { name, status, startedAt, stoppedAt, failure, definition, events } = recorded;
  const recorder = new VisitRecorder();
  for (const event of events) recorder.add(event);
  const at = stoppedAt?.toISOString();
  const output = status === 'SUCCEEDED' ? readable(recorded.output) : undefined;
  return {
    name,
    status,
    startedAt: startedAt.toISOString(),
    ...(at && { stoppedAt: at }),
    input: readable(recorded.input),
    ...(output !== undefined && { output }),
    ...(failure && { failure }),
    definition,
    visits: recorder.visits(at ? { at, failure } : undefined),
  };
}
