import { Graph, layout, type OrderConstraint } from '@dagrejs/dagre';
import { labelSize } from './sizes.ts';
import type { GraphEdge } from './types.ts';

export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** One thing in a row, by its middle: a state, a label, or an edge that passes. */
export interface Cell extends Sized {
  readonly x: number;
}

/** What stands side by side, from left to right. */
export type Row = readonly Cell[];

export interface Ranks {
  readonly rows: readonly Row[];
  /** For each edge the middle of what it touches, row by row: its source, its label, where it passes, its target. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
}

export interface Column {
  readonly row: number;
  readonly x: number;
}

/** A Catch's errors stay out of the picture: that it is one is what counts at first sight. */
export const hasLabel = ({ kind, label }: GraphEdge): boolean => kind === 'choice' && label !== '';

export const labelId = (edge: GraphEdge): string => `label of ${edge.id}`;

/**
 * Puts nodes into rows from top to bottom, with `core` in one straight line and what belongs beside it on its left.
 * A label is laid out as a node of its own, right below its Choice, so that nothing ever crosses it.
 */
export function rank(nodes: readonly Sized[], edges: readonly GraphEdge[], core: readonly string[]): Ranks {
  const labels = edges
    .filter(hasLabel)
    .map((edge) => ({ edge, id: labelId(edge), ...labelSize(edge.label) }));
  const cells: Sized[] = [...nodes, ...labels];
  const graph = new Graph({ directed: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 40, edgesep: 30, ranksep: 40 });
  for (const { id, width, height } of cells) graph.setNode(id, { width, height });
  const line = coreLine(edges, core);
  for (const edge of edges) {
    for (const [from, to] of linksOf(edge)) {
      const straight = line.includes(from) && line.includes(to);
      // A label stands by its Choice, however far the way goes on.
      const short = to === labelId(edge) ? 8 : 0;
      graph.setEdge(from, to, { weight: (straight ? 16 : edge.kind === 'catch' ? 1 : 2) + short });
    }
  }
  layout(graph, {
    corePath: line,
    customOrder: (ranked: Graph, order: Order) => order(ranked, { constraints: lastInRow(ranked, line) }),
  });
  return read(graph, cells, edges);
}

type Order = (graph: Graph, options: { constraints: OrderConstraint[] }) => void;

/** An edge with a label is two for the layout: to the label and on. */
const linksOf = (edge: GraphEdge): readonly (readonly [string, string])[] =>
  hasLabel(edge)
    ? [
        [edge.from, labelId(edge)],
        [labelId(edge), edge.to],
      ]
    : [[edge.from, edge.to]];

function coreLine(edges: readonly GraphEdge[], core: readonly string[]): string[] {
  return core.flatMap((id, index) => {
    const edge = edges.find(({ from, to }) => from === id && to === core[index + 1]);
    return edge && hasLabel(edge) ? [id, labelId(edge)] : [id];
  });
}

/** The core is the last of every row, so that nothing crosses it and its right side is free. */
function lastInRow(graph: Graph, line: readonly string[]): OrderConstraint[] {
  const passes = (id: string): boolean => {
    const { edgeObj } = graph.node(id);
    return line.includes(id) || (edgeObj !== undefined && line[line.indexOf(edgeObj.v) + 1] === edgeObj.w);
  };
  const rankOf = (id: string): number => graph.node(id).rank;
  const ids: string[] = graph.nodes();
  return ids
    .filter(passes)
    .flatMap((right) =>
      ids.filter((id) => id !== right && rankOf(id) === rankOf(right)).map((left) => ({ left, right })),
    );
}

function read(graph: Graph, cells: readonly Sized[], edges: readonly GraphEdge[]): Ranks {
  const at = (id: string): { x: number; y: number } => graph.node(id);
  const levels = [...new Set(cells.map(({ id }) => Math.round(at(id).y)))].sort((a, b) => a - b);
  const place = ({ x, y }: { x: number; y: number }): Column => ({
    row: levels.indexOf(Math.round(y)),
    x: Math.round(x),
  });
  const rows = levels.map((_, row) =>
    cells
      .filter(({ id }) => place(at(id)).row === row)
      .map((cell) => ({ ...cell, x: place(at(cell.id)).x }))
      .sort((a, b) => a.x - b.x),
  );
  const columns = new Map(
    edges.map((edge) => {
      const links = linksOf(edge).flatMap(([from, to]) => {
        const passed: { x: number; y: number }[] = graph.edge(from, to).points ?? [];
        // Between the rows a line goes its own way.
        return [at(from), ...passed.slice(1, -1), at(to)].map(place).filter(({ row }) => row >= 0);
      });
      // The label ends one link and begins the next.
      return [edge.id, links.filter(({ row }, index) => row !== links[index - 1]?.row)];
    }),
  );
  return { rows, columns };
}
