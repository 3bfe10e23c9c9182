import { backEdges } from './cycles.ts';
import { addLanes, type Lane } from './lanes.ts';
import type { Sized } from './ranks.ts';
import { type Arranged, arrange, type Line } from './rows.ts';
import { partScope } from './scope.ts';
import { sizeOf, sizes } from './sizes.ts';
import type { GraphEdge, PlacedEdge, PlacedNode, Point, WorkflowGraph, WorkflowLayout } from './types.ts';

/**
 * Gives every state its place and every edge its line: the happy path straight down, other outcomes on its left,
 * failures on its right. The same graph gives the same picture on every machine.
 */
export function layoutWorkflow(graph: WorkflowGraph): WorkflowLayout {
  const inner = new Map(graph.nodes.map((node) => [node.id, node.inner.map(layoutWorkflow)]));
  const sized = graph.nodes.map(
    (node): Sized => ({ id: node.id, ...sizeOf(node, inner.get(node.id) ?? []) }),
  );
  const { main, lanes } = partScope(graph);
  const back = backEdges(graph);
  const arrangePart = (ids: ReadonlySet<string>, core: readonly string[]) => {
    const within = graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
    const leaving = graph.edges.filter(({ from, to }) => ids.has(from) && !ids.has(to));
    const edges = {
      down: within.filter(({ id }) => !back.has(id)),
      back: within.filter(({ id }) => back.has(id)),
      side: leaving,
    };
    return {
      arranged: arrange(
        sized.filter(({ id }) => ids.has(id)),
        edges,
        core,
      ),
      leaving,
    };
  };
  const center = arrangePart(main, graph.happyPath);
  const sides = lanes.map((ids): Lane => arrangePart(new Set(ids), ids.slice(0, 1)));
  const { lanes: placed, lines, width, height } = addLanes(center.arranged, center.leaving, sides);

  const parts = [{ arranged: center.arranged, x: 0, y: 0 }, ...placed];
  return {
    width,
    height,
    nodes: parts.flatMap((part) => placeNodes(graph, part, inner)),
    edges: [
      ...parts.flatMap((part) => placeEdges(graph, part.arranged.lines, part)),
      ...placeEdges(graph, lines, { x: 0, y: 0 }),
      ...parts.flatMap((part) =>
        innerOf(graph, part, inner).flatMap(({ layout, at }) =>
          layout.edges.map((edge) => moveEdge(edge, at)),
        ),
      ),
    ],
  };
}

interface Part extends Point {
  readonly arranged: Arranged;
}

type Inner = ReadonlyMap<string, readonly WorkflowLayout[]>;

function placeNodes(graph: WorkflowGraph, part: Part, inner: Inner): PlacedNode[] {
  const own = graph.nodes.flatMap((node): PlacedNode[] => {
    const box = part.arranged.boxes.get(node.id);
    if (!box) return [];
    const happy = graph.happyPath.includes(node.id);
    return [{ ...box, x: box.x + part.x, y: box.y + part.y, node, parent: undefined, happy }];
  });
  const inside = innerOf(graph, part, inner).flatMap(({ id, layout, at }) =>
    layout.nodes.map(
      (placed): PlacedNode => ({
        ...placed,
        x: placed.x + at.x,
        y: placed.y + at.y,
        parent: placed.parent ?? id,
      }),
    ),
  );
  return [...own, ...inside];
}

/** The graphs inside the groups of a part, with their places: side by side in the middle of the group. */
function innerOf(graph: WorkflowGraph, part: Part, inner: Inner) {
  return graph.nodes.flatMap(({ id }) => {
    const box = part.arranged.boxes.get(id);
    const layouts = inner.get(id) ?? [];
    if (!box || layouts.length === 0) return [];
    const content = layouts.reduce(
      (sum, { width }) => sum + width,
      sizes.groupPadding * (layouts.length - 1),
    );
    let x = part.x + box.x + (box.width - content) / 2;
    return layouts.map((layout) => {
      const at = { x, y: part.y + box.y + sizes.groupHead };
      x += layout.width + sizes.groupPadding;
      return { id, layout, at };
    });
  });
}

function placeEdges(
  graph: WorkflowGraph,
  lines: ReadonlyMap<string, Line & { drawn?: readonly Point[] }>,
  at: Point,
): PlacedEdge[] {
  return graph.edges.flatMap((edge: GraphEdge) => {
    const line = lines.get(edge.id);
    if (!line) return [];
    const index = graph.happyPath.indexOf(edge.from);
    const happy = index >= 0 && graph.happyPath[index + 1] === edge.to;
    const { points, drawn = points, label } = line;
    return [moveEdge({ edge, points, drawn, label, happy }, at)];
  });
}

function moveEdge(placed: PlacedEdge, by: Point): PlacedEdge {
  const move = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y });
  const { points, drawn, label } = placed;
  return { ...placed, points: points.map(move), drawn: drawn.map(move), label: label && move(label) };
}
