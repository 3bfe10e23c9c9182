import type { GraphEdge, GraphNode } from './types.ts';

/**
 * The shortest way to the good end; of two equal ones the one that is written first. The good end is the first
 * Succeed state of the definition or, where a scope has none, whatever state ends it.
 */
export function findHappyPath(
  start: string,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): string[] {
  const ways = edges.filter(({ kind }) => kind !== 'catch');
  const before = new Map<string, string>();
  const reached = [start];
  // Grows while it is walked: breadth first.
  for (const from of reached) {
    for (const { to } of ways.filter((way) => way.from === from)) {
      if (reached.includes(to)) continue;
      reached.push(to);
      before.set(to, from);
    }
  }
  const path = [goalOf(reached, nodes, ways)];
  for (let step = before.get(path[0] ?? start); step !== undefined; step = before.get(step))
    path.unshift(step);
  return path;
}

function goalOf(reached: readonly string[], nodes: readonly GraphNode[], ways: readonly GraphEdge[]): string {
  const open = nodes.filter(({ id }) => reached.includes(id));
  const goal =
    open.find(({ type }) => type === 'Succeed') ??
    open.find(({ id, type }) => type !== 'Fail' && !ways.some(({ from }) => from === id)) ??
    open.at(-1);
  return goal?.id ?? reached[0] ?? '';
}
