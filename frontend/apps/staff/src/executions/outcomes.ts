import type { ExecutionView, StateVisit } from '@happy-path/api-client';
import type { WorkflowGraph } from '@happy-path/workflow-graph';

/** What became of a state in an execution; `declined` is an end that is neither the good one nor a failure. */
export type StateOutcome = 'untouched' | 'running' | 'succeeded' | 'caught' | 'failed' | 'declined';

/** How a line is drawn: not gone along, or gone along, and whether a Catch leads there. */
export const wayKinds = ['open', 'catch', 'gone', 'caught'] as const;
export type WayKind = (typeof wayKinds)[number];

export interface Outcomes {
  /** Of every state that the execution has come to. */
  readonly states: ReadonlyMap<string, StateOutcome>;
  /** The edges it went along, by their ids. */
  readonly edges: ReadonlySet<string>;
  readonly visits: ReadonlyMap<string, readonly StateVisit[]>;
}

/** Tells for each state and edge of a workflow's graph what happened to it in an execution. */
export function outcomesOf(
  graph: WorkflowGraph,
  { visits, status }: Pick<ExecutionView, 'visits' | 'status'>,
): Outcomes {
  const byName = Map.groupBy(visits, ({ name }) => name);
  const states = new Map<string, StateOutcome>();
  const edges = new Set<string>();
  for (const scope of scopesOf(graph)) {
    const ids = new Set(scope.nodes.map(({ id }) => id));
    const good = scope.happyPath.findLast((id) =>
      scope.nodes.some((node) => node.id === id && node.type === 'Succeed'),
    );
    for (const { id, type } of scope.nodes) {
      const own = byName.get(id);
      if (own) states.set(id, outcomeOf(own, type === 'Fail', type === 'Succeed' && id !== good));
    }
    const way = visits.filter(({ name }) => ids.has(name)).map(({ name }) => name);
    markEdges(scope, way, edges);
  }
  markEnds(graph, visits, status, states, edges);
  return { states, edges, visits: byName };
}

/** How long a visit took; undefined while it lasts. */
export const durationOf = (visit: StateVisit | undefined): number | undefined =>
  visit?.exitedAt === undefined ? undefined : Date.parse(visit.exitedAt) - Date.parse(visit.enteredAt);

const scopesOf = (graph: WorkflowGraph): WorkflowGraph[] => [
  graph,
  ...graph.nodes.flatMap(({ inner }) => inner.flatMap(scopesOf)),
];

/** Of several visits the worst counts that is not over: one that runs, one that failed, and so on. */
function outcomeOf(visits: readonly StateVisit[], fails: boolean, declines: boolean): StateOutcome {
  const has = (status: StateVisit['status']) => visits.some((visit) => visit.status === status);
  if (has('running')) return 'running';
  if (has('failed') || fails) return 'failed';
  if (has('caught')) return 'caught';
  return declines ? 'declined' : 'succeeded';
}

/** The edges between each state and the next one that was entered in the same scope. */
function markEdges({ edges: all }: WorkflowGraph, way: readonly string[], marked: Set<string>): void {
  way.forEach((from, index) => {
    const to = way[index + 1];
    const edge = all.find((one) => one.from === from && one.to === to);
    if (edge) marked.add(edge.id);
  });
}

/** The marks of the start and of the end are no states, so the history does not tell of them. */
function markEnds(
  { nodes, edges }: WorkflowGraph,
  visits: readonly StateVisit[],
  status: ExecutionView['status'],
  states: Map<string, StateOutcome>,
  marked: Set<string>,
): void {
  const start = nodes.find(({ type }) => type === 'start');
  const end = nodes.find(({ type }) => type === 'end');
  if (start && visits.length > 0) {
    states.set(start.id, 'succeeded');
    for (const { id } of edges.filter(({ from }) => from === start.id)) marked.add(id);
  }
  if (!end || status !== 'SUCCEEDED') return;
  const last = visits.findLast(({ name }) => edges.some(({ from }) => from === name));
  const edge = edges.find(({ from, to }) => from === last?.name && to === end.id);
  if (!edge) return;
  states.set(end.id, 'succeeded');
  marked.add(edge.id);
}
