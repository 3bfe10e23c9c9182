import type { Execution, ExecutionView } from '#contracts/api/executions.ts';
import { NotFoundError } from '#platform/errors.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';

interface Dependencies {
  readonly photos: Pick<PhotoStore, 'get'>;
  /** Undefined when the execution's history is no longer kept. */
  readonly readExecution: (executionArn: string) => Promise<Execution | undefined>;
}

/** Shows the execution that holds or finished a photo, state by state. */
export const getExecution =
  ({ photos, readExecution }: Dependencies) =>
  async ({ path }: { readonly path: { readonly photoId: string } }): Promise<ExecutionView> => {
    const photo = await photos.get(path.photoId);
    if (!photo) throw new NotFoundError('Expected a photo, got none with this id.');
    const { photoId, workflow, executionId } = photo;
    if (!executionId || !workflow) {
      throw new NotFoundError('No workflow has taken this photo yet. Look again in a moment.');
    }
    const execution = await readExecution(executionId);
    if (!execution) {
      throw new NotFoundError(
        `The history of this execution is no longer kept: its time is over, or workflow ${workflow} was retired.`,
      );
    }
    return { photoId, workflow, ...execution };
  };
