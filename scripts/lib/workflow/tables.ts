import type { WorkflowView } from '#contracts/api/workflows.ts';
import { photoStatuses } from '#contracts/photos.ts';
import type { Routing } from '#contracts/tables/items.ts';
import { listWorkflows } from '../../../backend/functions/list-workflows/list-workflows.ts';
import { SfnMachines } from '../../../backend/functions/list-workflows/sfn-machines.ts';
import { sentence } from './decisions.ts';
import type { Target } from './target.ts';
import { countUnfinished } from './unfinished.ts';

const headings = [
  'version',
  'share',
  'places',
  'last hour',
  'running',
  'succeeded',
  'failed',
  'what it does',
];

/** Prints the versions that are deployed, and those that are only in the working tree. */
export async function printVersions(target: Target, inTree: readonly string[]): Promise<void> {
  const { routing, registry, sfn } = target;
  const machines = new SfnMachines(sfn);
  const list = listWorkflows({ routing, registry, machines, now: () => new Date(), consoleUrl: undefined });
  const { workflows } = await list();
  const missing = inTree
    .filter((version) => !workflows.some((workflow) => workflow.version === version))
    .map((version) => [version, 'not deployed']);
  printTable([headings, ...workflows.map(rowOf), ...missing]);
}

function rowOf({ version, share, places, lastHour, definition }: WorkflowView): string[] {
  const { started, running, succeeded, failed, more } = lastHour;
  const said = typeof definition.Comment === 'string' ? definition.Comment : '';
  return [
    version,
    `${share} %`,
    String(places.length),
    more ? `> ${started}` : String(started),
    ...[running, succeeded, failed].map(String),
    said.replace(`${version}: `, ''),
  ];
}

/** Prints where new photos go, what held before, and which photos are on their way. */
export async function printStatus(target: Target): Promise<void> {
  const routing = await target.routing.get();
  console.log(`Stage ${target.stage}: ${sentence(routing)}.`);
  console.log(history(routing));
  const unfinished = await countUnfinished(target);
  if (unfinished.size === 0) return console.log('No photo is on its way.');
  const statuses = photoStatuses.filter((status) => [...unfinished.values()].some((of) => of.has(status)));
  const rows = [...unfinished]
    .sort()
    .map(([version, of]) => [
      version === 'none' ? 'none yet' : version,
      ...statuses.map((status) => String(of.get(status) ?? 0)),
    ]);
  console.log('Photos on their way:');
  printTable([['version', ...statuses], ...rows]);
}

/** Prints rows of which the first one is the heading, each column as wide as its widest cell. */
function printTable(rows: readonly (readonly string[])[]): void {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  for (const row of rows) {
    console.log(`  ${row.map((cell, column) => cell.padEnd(width(column))).join('  ')}`.trimEnd());
  }
}

function history({ revision, changedAt, previous }: Routing): string {
  if (!previous) return 'Nobody has changed that yet.';
  const at = changedAt ? ` of ${changedAt}` : '';
  return `Revision ${revision}${at}. Before: ${sentence(previous)}.`;
}
