import { type Channel, type Jog, planChannel } from './channels.ts';
import { type Cell, type Column, hasLabel, labelId, type Ranks, rank, type Sized } from './ranks.ts';
import { labelSize } from './sizes.ts';
import type { Box, GraphEdge, Point } from './types.ts';

/** A line in right angles, and where its label stands. */
export interface Line {
  readonly points: readonly Point[];
  readonly label?: Point | undefined;
}

/** States in rows with the lines between them. */
export interface Arranged {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly lines: ReadonlyMap<string, Line>;
  /** For each edge that leaves to the side: from its state to where nothing is in its way to the right. */
  readonly exits: ReadonlyMap<string, readonly Point[]>;
}

export interface Edges {
  /** Lead down. */
  readonly down: readonly GraphEdge[];
  /** Lead up again; drawn on the right. */
  readonly back: readonly GraphEdge[];
  /** Leave for somewhere on the right. */
  readonly side: readonly GraphEdge[];
}

/** Between states, and where a label is on either side. */
const rowGap = 40;
const labelGap = 22;
const portGap = 12;
const catchShift = 26;
const backGap = 20;
const lineRoom = 8;

/** Arranges states below each other and draws the lines between them. */
export function arrange(
  nodes: readonly Sized[],
  { down, back, side }: Edges,
  core: readonly string[],
): Arranged {
  const ranks = rank(nodes, down, core);
  // A line that passes may be farther out than any state.
  const passing = [...ranks.columns.values()].flat().map(({ x }) => ({ x, width: lineRoom }));
  const cells = [...ranks.rows.flat(), ...passing];
  const left = Math.min(...cells.map(({ x, width }) => x - width / 2));
  const right = Math.max(...cells.map(({ x, width }) => x + width / 2));
  const grid = createGrid(shift(ranks, -left), down, [...side, ...back], back, right - left);
  const boxes = new Map(nodes.map((node) => [node.id, grid.box(node)]));
  const lines = new Map(down.map((edge) => [edge.id, grid.line(edge)]));
  const exits = new Map([...side, ...back].map((edge) => [edge.id, grid.exit(edge)]));
  let width = right - left;
  for (const edge of back) {
    const label = hasLabel(edge) ? labelSize(edge.label).width : 0;
    const x = width + Math.max(backGap, label / 2);
    lines.set(edge.id, grid.back(edge, exits.get(edge.id) ?? [], x));
    width = x + Math.max(backGap / 2, label / 2);
  }
  return { width, height: grid.height, boxes, lines, exits };
}

function shift({ rows, columns }: Ranks, by: number): Ranks {
  const moved = <At extends { x: number }>(at: At): At => ({ ...at, x: at.x + by });
  return {
    rows: rows.map((row) => row.map(moved)),
    columns: new Map([...columns].map(([id, passed]) => [id, passed.map(moved)])),
  };
}

/** Knows where each row and each line between two rows is. */
function createGrid(
  { rows, columns }: Ranks,
  down: readonly GraphEdge[],
  leaving: readonly GraphEdge[],
  back: readonly GraphEdge[],
  width: number,
) {
  const cells = new Map(
    rows.flatMap((row, index) => row.map((cell) => [cell.id, { ...cell, row: index }] as const)),
  );
  const cell = (id: string): Cell & { row: number } => {
    const found = cells.get(id);
    if (!found) throw new Error(`Expected "${id}" to have a place, got none.`);
    return found;
  };
  const blocked = (id: string) => (rows[cell(id).row] ?? []).some(({ x }) => x > cell(id).x);
  const passes = (edge: GraphEdge): readonly Column[] => withPort(edge, down, columns.get(edge.id) ?? []);

  const jogs = rows.map((): Jog[] => []);
  const ahead = leaving.filter(({ from }) => blocked(from));
  for (const edge of ahead)
    jogs[cell(edge.from).row]?.push(exitJog(edge, portX(edge, cell(edge.from), ahead), width));
  for (const edge of back.filter(({ to }) => blocked(to)))
    jogs[cell(edge.to).row - 1]?.push({ key: edge.id, from: cell(edge.to).x, to: width, near: 'below' });
  for (const edge of down) for (const [row, jog] of jogsOf(edge, passes(edge), down)) jogs[row]?.push(jog);
  const labels = new Set(down.filter(hasLabel).map(labelId));
  const gap = (row: number) =>
    [row, row + 1].some((one) => rows[one]?.every(({ id }) => labels.has(id))) ? labelGap : rowGap;
  const channels = jogs.map((list, row) =>
    row < rows.length - 1 || list.length > 0 ? planChannel(list, gap(row)) : undefined,
  );
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)));
  const { tops, height } = stack(heights, channels);
  const bottom = (row: number) => (tops[row] ?? 0) + (heights[row] ?? 0);
  const middle = (row: number) => (tops[row] ?? 0) + (heights[row] ?? 0) / 2;
  const trackY = (row: number, key: string) => bottom(row) + (channels[row]?.depths.get(key) ?? 0);
  const box = ({ id, width, height }: Sized): Box => ({
    x: cell(id).x - width / 2,
    y: middle(cell(id).row) - height / 2,
    width,
    height,
  });

  function line(edge: GraphEdge): Line {
    const way = passes(edge);
    const from = box(cell(edge.from));
    const to = box(cell(edge.to));
    const bends = jogsOf(edge, way, down).flatMap(([row, { key, from, to }]) => [
      { x: from, y: trackY(row, key) },
      { x: to, y: trackY(row, key) },
    ]);
    const first = { x: way[0]?.x ?? 0, y: from.y + from.height };
    const last = { x: way.at(-1)?.x ?? 0, y: to.y };
    const label = hasLabel(edge) ? cell(labelId(edge)) : undefined;
    return { points: [first, ...bends, last], label: label && { x: label.x, y: middle(label.row) } };
  }

  function exit(edge: GraphEdge): Point[] {
    const from = box(cell(edge.from));
    const same = leaving.filter((other) => other.from === edge.from);
    if (!blocked(edge.from)) {
      const y = middle(cell(edge.from).row) + spread(same.indexOf(edge), same.length);
      return [{ x: from.x + from.width, y }];
    }
    const x = portX(edge, cell(edge.from), ahead);
    const y = trackY(cell(edge.from).row, edge.id);
    return [
      { x, y: from.y + from.height },
      { x, y },
    ];
  }

  function backLine(edge: GraphEdge, exit: readonly Point[], x: number): Line {
    const to = box(cell(edge.to));
    const over = blocked(edge.to);
    const y = over ? trackY(cell(edge.to).row - 1, edge.id) : to.y + Math.round(to.height / 4);
    const bottom = exit.at(-1)?.y ?? 0;
    const end = over
      ? [
          { x: cell(edge.to).x, y },
          { x: cell(edge.to).x, y: to.y },
        ]
      : [{ x: to.x + to.width, y }];
    const label = hasLabel(edge) ? { x, y: (bottom + y) / 2 } : undefined;
    return { points: [...exit, { x, y: bottom }, { x, y }, ...end], label };
  }

  return { height, box, line, exit, back: backLine };
}

/** Ports beside each other, around the middle. */
const spread = (index: number, count: number) => (index - (count - 1) / 2) * portGap;

function portX(edge: GraphEdge, { x, width }: Cell, leaving: readonly GraphEdge[]): number {
  const same = leaving.filter(({ from }) => from === edge.from);
  return x + width / 2 - 18 - (same.length - 1 - same.indexOf(edge)) * portGap;
}

const exitJog = (edge: GraphEdge, from: number, to: number): Jog => ({
  key: edge.id,
  from,
  to,
  near: 'above',
});

/** A Catch that leads down leaves beside what leads on, not as a part of it. */
function withPort(edge: GraphEdge, down: readonly GraphEdge[], way: readonly Column[]): readonly Column[] {
  const [first, ...rest] = way;
  const shared = down.some(({ from, kind }) => from === edge.from && kind !== 'catch');
  if (edge.kind !== 'catch' || !first || !shared) return way;
  const aside = Math.sign((rest[0]?.x ?? first.x) - first.x) || 1;
  return [{ ...first, x: first.x + aside * catchShift }, ...rest];
}

/** Where a line changes its column, by the row above. */
function jogsOf(edge: GraphEdge, way: readonly Column[], down: readonly GraphEdge[]): [number, Jog][] {
  const forks = edge.kind !== 'catch' && down.filter(({ from }) => from === edge.from).length > 1;
  const merges = down.filter(({ to }) => to === edge.to).length > 1;
  return way.slice(1).flatMap((next, index): [number, Jog][] => {
    const here = way[index];
    if (!here || here.x === next.x) return [];
    const first = index === 0;
    const last = index === way.length - 2;
    const ends = { from: here.x, to: next.x };
    if (first && forks) return [[here.row, { key: `from ${edge.from}`, ...ends, near: 'above' }]];
    if (last && merges) return [[here.row, { key: `to ${edge.to}`, ...ends, near: 'below' }]];
    return [[here.row, { key: edge.id, ...ends, near: last && !first ? 'below' : 'above' }]];
  });
}

function stack(heights: readonly number[], channels: readonly (Channel | undefined)[]) {
  const tops: number[] = [];
  let y = 0;
  for (const [row, height] of heights.entries()) {
    tops.push(y);
    y += height + (channels[row]?.height ?? 0);
  }
  return { tops, height: y };
}
