import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { ExecutionView } from '#contracts/api/executions.ts';
import { NotFoundError } from '#platform/errors.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import { readable } from './readable.ts';
import { VisitRecorder } from './visits.ts';

/** An execution as Step Functions keeps it; input, output and definition are JSON texts. */
export interface RecordedExecution {
  readonly name: string;
  readonly status: ExecutionView['status'];
  readonly startedAt: Date;
  readonly stoppedAt?: Date | undefined;
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly failure: ExecutionView['failure'] | undefined;
  readonly definition: Record<string, unknown>;
  readonly events: readonly HistoryEvent[];
}

/** Reads executions. */
export interface Executions {
  /** Undefined when its history is no longer kept. */
  read(executionArn: string): Promise<RecordedExecution | undefined>;
}

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'get'>;
  readonly executions: Executions;
  /** Where the AWS console shows executions; undefined where there is none. */
  readonly consoleUrl: string | undefined;
}

/** Shows the execution that holds or finished a photo, state by state. */
export const getExecution =
  ({ photos, executions, consoleUrl }: Dependencies) =>
  async ({ path }: { readonly path: { readonly photoId: string } }): Promise<ExecutionView> => {
    const photo = await photos.get(path.photoId);
    if (!photo) throw new NotFoundError('Expected a photo, got none with this id.');
    const { photoId, workflow, executionId } = photo;
    if (!executionId || !workflow) {
      throw new NotFoundError('No workflow has taken this photo yet. Look again in a moment.');
    }
    const recorded = await executions.read(executionId);
    if (!recorded) {
      throw new NotFoundError(
        `The history of this execution is no longer kept: its time is over, or workflow ${workflow} was retired.`,
      );
    }
    return {
      photoId,
      workflow,
      ...viewOf(recorded),
      ...(consoleUrl && { consoleUrl: `${consoleUrl}#/v2/executions/details/${executionId}` }),
    };
  };

/** Tells an execution's history as visits of states. */
export function viewOf(recorded: RecordedExecution) {
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
