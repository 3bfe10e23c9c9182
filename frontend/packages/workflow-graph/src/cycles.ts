import type { WorkflowGraph } from './types.ts';

/** The edges that lead back to a state on the way to them, as polling does. */
export function backEdges({ start, nodes, edges }: WorkflowGraph): Set<string> {
  const back = new Set<string>();
  const done = new Set<string>();
  const way = new Set<string>();
  const visit = (id: string) => {
    way.add(id);
    for (const edge of edges.filter(({ from }) => from === id)) {
      if (way.has(edge.to)) back.add(edge.id);
      else if (!done.has(edge.to)) visit(edge.to);
    }
    way.delete(id);
    done.add(id);
  };
  // After the start those that it does not lead to; a definition being written may have such.
  for (const id of [start, ...nodes.map((node) => node.id)]) if (!done.has(id)) visit(id);
  return back;
}
