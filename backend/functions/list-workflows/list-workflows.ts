import type { ExecutionCounts, WorkflowsResponse } from '#contracts/api/workflows.ts';
import { placesOf, shareOf } from '../../routing.ts';
import type { RoutingStore } from '../../stores/routing-store.ts';
import type { WorkflowRegistry } from '../../stores/workflow-registry.ts';

/** What a state machine says of itself. */
export interface Machine {
  readonly definition: Record<string, unknown>;
  readonly updatedAt?: string;
  readonly counts: ExecutionCounts;
}

/** Looks into state machines. */
export interface Machines {
  /** The machine with the executions that were started since then; undefined when its stack is being deleted. */
  inspect(stateMachineArn: string, since: Date): Promise<Machine | undefined>;
}

interface Dependencies {
  readonly routing: Pick<RoutingStore, 'get'>;
  readonly registry: WorkflowRegistry;
  readonly machines: Machines;
  readonly now: () => Date;
  /** Where the AWS console shows state machines; undefined where there is none. */
  readonly consoleUrl: string | undefined;
}

const hour = 3_600_000;

/** Shows the registered versions: what each does, which share of the photos it gets, and how it fared in the last hour. */
export const listWorkflows =
  ({ routing, registry, machines, now, consoleUrl }: Dependencies) =>
  async (): Promise<WorkflowsResponse> => {
    const [current, registered] = await Promise.all([routing.get(), registry.list()]);
    const since = new Date(now().getTime() - hour);
    const workflows = await Promise.all(
      registered.map(async ({ version, stateMachineArn }) => {
        const machine = await machines.inspect(stateMachineArn, since);
        if (!machine) return [];
        const { definition, updatedAt, counts } = machine;
        return {
          version,
          share: shareOf(current, version),
          places: placesOf(current, version),
          definition,
          ...(updatedAt && { updatedAt }),
          lastHour: counts,
          ...(consoleUrl && { consoleUrl: `${consoleUrl}#/statemachines/view/${stateMachineArn}` }),
        };
      }),
    );
    return { routing: current, workflows: workflows.flat() };
  };
