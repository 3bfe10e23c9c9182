import type { GraphEdge, GraphNode, WorkflowGraph } from './types.ts';

/** A scope taken apart: what work flows through, and beside it the states that only a Catch leads to. */
export interface ScopeParts {
  readonly main: ReadonlySet<string>;
  /** Each is a set of states that hang together, in the order in which a Catch first names one of them. */
  readonly lanes: readonly (readonly string[])[];
}

/** Finds the states that belong to the side: reached by a Catch alone, with no way back. */
export function partScope({ start, nodes, edges }: WorkflowGraph): ScopeParts {
  const forward = edges.filter(({ kind }) => kind !== 'catch');
  const main = reachable([start], forward);
  const rest = () => nodes.filter(({ id }) => !main.has(id));
  // A side state that leads back is part of the way after all.
  for (let back = leadsTo(main, rest(), edges); back; back = leadsTo(main, rest(), edges)) {
    for (const id of reachable([back], forward)) main.add(id);
  }
  return { main, lanes: componentsOf(rest(), forward, edges) };
}

const leadsTo = (main: ReadonlySet<string>, rest: readonly GraphNode[], edges: readonly GraphEdge[]) =>
  rest.find(({ id }) => edges.some(({ from, to }) => from === id && main.has(to)))?.id;

function reachable(from: readonly string[], edges: readonly GraphEdge[]): Set<string> {
  const reached = new Set(from);
  // Grows while it is walked.
  for (const id of reached) {
    for (const { from: source, to } of edges) if (source === id) reached.add(to);
  }
  return reached;
}

function componentsOf(
  rest: readonly GraphNode[],
  forward: readonly GraphEdge[],
  edges: readonly GraphEdge[],
) {
  const both = [...forward, ...forward.map((edge) => ({ ...edge, from: edge.to, to: edge.from }))];
  const named = edges.filter(({ kind }) => kind === 'catch').map(({ to }) => to);
  const first = (component: readonly string[]) => Math.min(...component.map((id) => indexOrLast(named, id)));
  const components: string[][] = [];
  for (const { id } of rest) {
    if (components.some((component) => component.includes(id))) continue;
    const together = reachable([id], both);
    components.push(rest.map((node) => node.id).filter((one) => together.has(one)));
  }
  return components.sort((a, b) => first(a) - first(b));
}

const indexOrLast = (list: readonly string[], id: string) => {
  const index = list.indexOf(id);
  return index < 0 ? list.length : index;
};
