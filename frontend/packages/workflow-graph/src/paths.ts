import type { Point } from './types.ts';

/** An SVG path along the points, in right angles with round corners. */
export function roundedPath(points: readonly Point[], radius = 9): string {
  const corners = points.filter((point, index) => !between(points[index - 1], point, points[index + 1]));
  return corners
    .map((point, index) => {
      const before = corners[index - 1];
      const after = corners[index + 1];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const room = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
      const into = towards(point, before, room);
      const out = towards(point, after, room);
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join('');
}

const distance = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** The point at a distance from one point towards another; on one axis, for lines have right angles. */
const towards = (from: Point, to: Point, by: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * by,
  y: from.y + Math.sign(to.y - from.y) * by,
});

/** A point that changes no direction, or that is there twice. */
function between(before: Point | undefined, point: Point, after: Point | undefined): boolean {
  if (before && before.x === point.x && before.y === point.y) return true;
  if (!before || !after) return false;
  return (before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y);
}
