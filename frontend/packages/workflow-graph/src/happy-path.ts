import type { GraphEdge, GraphNode } from './types.ts';

/**
 * The way to the good end that takes at each fork what is written first, as people write what they hope for. The good
 * end is the first Succeed state of the definition or, where a scope has none, whatever state ends it.
 */
export function findHappyPath(
  start: string,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): string[] {
  const ways = edges.filter(({ kind }) => kind !== 'catch');
  const after = (id: string) => ways.filter(({ from }) => from === id).map(({ to }) => to);
  const reached = [start];
  // Grows while it is walked.
  for (const from of reached) reached.push(...after(from).filter((to) => !reached.includes(to)));
  const goal = goalOf(reached, nodes, ways);
  const seen = new Set<string>();
  const walk = (id: string): string[] | undefined => {
    if (id === goal) return [id];
    if (seen.has(id)) return undefined;
    seen.add(id);
    for (const to of after(id)) {
      const rest = walk(to);
      if (rest) return [id, ...rest];
    }
    return undefined;
  };
  return walk(start) ?? [start];
}

function goalOf(reached: readonly string[], nodes: readonly GraphNode[], ways: readonly GraphEdge[]): string {
  const open = nodes.filter(({ id }) => reached.includes(id));
  const goal =
    open.find(({ type }) => type === 'Succeed') ??
    open.find(({ id, type }) => type !== 'Fail' && !ways.some(({ from }) => from === id)) ??
    open.at(-1);
  return goal?.id ?? reached[0] ?? '';
}
