import type { Arranged, Line } from './rows.ts';
import type { Box, GraphEdge, Point } from './types.ts';

/** What only a Catch leads to, arranged, and the edges to other such parts. */
export interface Lane {
  readonly arranged: Arranged;
  readonly leaving: readonly GraphEdge[];
}

export interface SideLine extends Line {
  readonly drawn: readonly Point[];
}

export interface WithLanes {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly (Lane & Point)[];
  readonly lines: ReadonlyMap<string, SideLine>;
}

const gap = 30;
const bus = 13;
const portShift = 14;

/** Puts the lanes beside the main part and leads every Catch to them on one vertical line a target. */
export function addLanes(main: Arranged, entering: readonly GraphEdge[], lanes: readonly Lane[]): WithLanes {
  if (lanes.length === 0) return { width: main.width, height: main.height, lanes: [], lines: new Map() };
  const exitY = (edge: GraphEdge) => main.exits.get(edge.id)?.at(-1)?.y ?? 0;
  const tops = placeLanes(main, lanes, (id) => entering.filter(({ to }) => to === id).map(exitY)[0]);
  const targets = new Map<string, Box>();
  lanes.forEach(({ arranged }, index) => {
    for (const [id, box] of arranged.boxes) targets.set(id, { ...box, y: box.y + (tops[index] ?? 0) });
  });
  const middle = (id: string) => (targets.get(id)?.y ?? 0) + (targets.get(id)?.height ?? 0) / 2;
  const edges = [...entering, ...lanes.flatMap(({ leaving }) => leaving)];
  const named = [...new Set(edges.map(({ to }) => to))].sort((a, b) => middle(b) - middle(a));
  const x = main.width + gap + bus * (named.length - 1) + gap;

  const lines = new Map<string, SideLine>();
  named.forEach((id, index) => {
    const busX = main.width + gap + bus * index;
    const end = { x: x + (targets.get(id)?.x ?? 0), y: middle(id) };
    const starts = edges
      .filter(({ to }) => to === id)
      .map((edge) => {
        const box = targets.get(edge.from);
        const up = box && end.y < middle(edge.from) ? -portShift : portShift;
        return [
          edge.id,
          box ? [{ x: x + box.x, y: middle(edge.from) + up }] : (main.exits.get(edge.id) ?? []),
        ] as const;
      });
    for (const [edgeId, line] of joinBus(starts, busX, end)) lines.set(edgeId, line);
  });
  return {
    width: x + Math.max(...lanes.map(({ arranged }) => arranged.width)),
    height: Math.max(
      main.height,
      ...lanes.map(({ arranged }, index) => (tops[index] ?? 0) + arranged.height),
    ),
    lanes: lanes.map((lane, index) => ({ ...lane, x, y: tops[index] ?? 0 })),
    lines,
  };
}

/** Each lane beside what first leads to it, the last one at the foot. */
function placeLanes(
  main: Arranged,
  lanes: readonly Lane[],
  entryOf: (id: string) => number | undefined,
): number[] {
  const tops: number[] = [];
  let free = 0;
  lanes.forEach(({ arranged }, index) => {
    const entries = [...arranged.boxes].flatMap(([id, { y, height }]) => {
      const at = entryOf(id);
      return at === undefined ? [] : [at - y - height / 2];
    });
    const beside = entries.length > 0 ? Math.min(...entries) : 0;
    const foot = main.height - arranged.height;
    const top = Math.max(free, index === lanes.length - 1 ? Math.max(foot, beside) : beside);
    tops.push(top);
    free = top + arranged.height + gap;
  });
  return tops;
}

/** Leads lines along one bus to their common end; each draws what no farther one has drawn. */
function joinBus(
  starts: readonly (readonly [string, readonly Point[]])[],
  busX: number,
  end: Point,
): Map<string, SideLine> {
  const lines = new Map<string, SideLine>();
  const level = (points: readonly Point[]) => points.at(-1)?.y ?? 0;
  const byDistance = starts.toSorted(
    ([, a], [, b]) => Math.abs(level(b) - end.y) - Math.abs(level(a) - end.y),
  );
  let covered: readonly [number, number] | undefined;
  for (const [id, start] of byDistance) {
    const y = level(start);
    const onBus = { x: busX, y };
    const points = y === end.y ? [...start, end] : [...start, onBus, { x: busX, y: end.y }, end];
    if (!covered) {
      lines.set(id, { points, drawn: points });
      covered = [Math.min(y, end.y), Math.max(y, end.y)];
      continue;
    }
    const [low, high]: readonly [number, number] = covered;
    const meet = Math.min(Math.max(y, low), high);
    lines.set(id, {
      points,
      drawn: meet === y ? [...start, onBus] : [...start, onBus, { x: busX, y: meet }],
    });
    covered = [Math.min(low, y), Math.max(high, y)];
  }
  return lines;
}
