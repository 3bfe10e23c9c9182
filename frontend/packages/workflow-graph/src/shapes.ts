import type { GraphNode } from './types.ts';

const cut = 16;

/** The outline of a state, from its upper left corner: work is a box, a question a hexagon, an end a pill. */
export function shapePath({ type }: GraphNode, width: number, height: number): string {
  if (type === 'Choice') {
    const middle = height / 2;
    return `M0 ${middle}L${cut} 0H${width - cut}L${width} ${middle}L${width - cut} ${height}H${cut}Z`;
  }
  const radius = cornerOf(type, height);
  const turn = (x: number, y: number) => `a${radius} ${radius} 0 0 1 ${x} ${y}`;
  return [
    `M${radius} 0H${width - radius}${turn(radius, radius)}`,
    `V${height - radius}${turn(-radius, radius)}`,
    `H${radius}${turn(-radius, -radius)}`,
    `V${radius}${turn(radius, -radius)}Z`,
  ].join('');
}

function cornerOf(type: GraphNode['type'], height: number): number {
  if (type === 'Succeed' || type === 'Fail' || type === 'start' || type === 'end') return height / 2;
  return type === 'Parallel' || type === 'Map' ? 14 : 10;
}
