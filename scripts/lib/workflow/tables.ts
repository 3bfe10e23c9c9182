import type { WorkflowView } from '#contracts/api/workflows.ts';
import { photoStatuses } from '#contracts/photos.ts';
import type { Routing } from '#contracts/tables/items.ts';
import { listWorkflows } from '../../../backend/functions/list-workflows/list-workflows.ts';
import { SfnMachines } from '../../../backend/functions/list-workflows/sfn-machines.ts';
import { sentence } from './decisions.ts';
import type { Target } from './target.ts';
import { countUnfinished } from './unfinished.ts';

/** Prints the versions that are deployed, and those that are only in the working tree. */
export async function printVersions(target: Target, inTree: readonly string[]): Promise<void> {
  const { routing, registry, sfn } = target;
  const machines = new SfnMachines(sfn);
  const list = listWorkflows({ routing, registry, machines, now: () => new Date(), consoleUrl: undefined });
  const { workflows } = await list();
  const deployed = workflows.map((workflow) => [workflow.version, rowOf(workflow)] as const);
  const missing = inTree
    .filter((version) => !workflows.some((workflow) => workflow.version === version))
    .map((version) => [version, { share: 'not deployed' }] as const);
  console.table(Object.fromEntries([...deployed, ...missing]));
}

function rowOf({ share, places, lastHour, definition }: WorkflowView) {
  const { started, running, succeeded, failed, more } = lastHour;
  return {
    share: `${share} %`,
    places: places.length,
    'last hour': more ? `> ${started}` : started,
    running,
    succeeded,
    failed,
    comment: typeof definition.Comment === 'string' ? definition.Comment.slice(0, 60) : '',
  };
}

/** Prints where new photos go, what held before, and which photos are on their way. */
export async function printStatus(target: Target): Promise<void> {
  const routing = await target.routing.get();
  console.log(`Stage ${target.stage}: ${sentence(routing)}.`);
  console.log(history(routing));
  const unfinished = await countUnfinished(target);
  if (unfinished.size === 0) return console.log('No photo is on its way.');
  console.log('Photos on their way:');
  const rows = [...unfinished].sort().map(([version, statuses]) => {
    const known = photoStatuses.filter((status) => statuses.has(status));
    return [version, Object.fromEntries(known.map((status) => [status, statuses.get(status)]))];
  });
  console.table(Object.fromEntries(rows));
}

function history({ revision, changedAt, previous }: Routing): string {
  if (!previous) return 'Nobody has changed that yet.';
  const at = changedAt ? ` of ${changedAt}` : '';
  return `Revision ${revision}${at}. Before: ${sentence(previous)}.`;
}
