// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layoutWorkflow, type PlacedNode, parseWorkflow, type WorkflowLayout } from './index.ts';

const folder = new URL('../../../../workflows/statemachines/', import.meta.url);
const layoutOf = (definition: unknown) => layoutWorkflow(parseWorkflow(definition));
const machines = readdirSync(folder)
  .filter((file) => file.endsWith('.asl.json'))
  .map((file) => [file, layoutOf(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))] as const);

const polling = layoutOf({
  StartAt: 'Begin',
  States: {
    Begin: { Type: 'Task', Next: 'Wait' },
    Wait: { Type: 'Wait', Seconds: 5, Next: 'Look' },
    Look: { Type: 'Task', Next: 'Ready?' },
    'Ready?': { Type: 'Choice', Choices: [{ Condition: '{% $ready %}', Next: 'Done' }], Default: 'Wait' },
    Done: { Type: 'Succeed' },
  },
});
const looping = layoutOf({
  StartAt: 'Ask',
  States: {
    Ask: { Type: 'Task', Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Ask' }], Next: 'Enough?' },
    'Enough?': {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $enough %}', Next: 'Done' },
        { Condition: '{% $wait %}', Next: 'Enough?' },
      ],
      Default: 'Ask',
    },
    Done: { Type: 'Succeed' },
  },
});
const degrading = layoutOf({
  StartAt: 'Try',
  States: {
    Try: { Type: 'Task', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Do Without' }], Next: 'Go On' },
    'Do Without': { Type: 'Pass', Next: 'Go On' },
    'Go On': { Type: 'Pass', End: true },
  },
});
const nested = layoutOf({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Both',
        States: {
          Both: {
            Type: 'Parallel',
            Branches: ['A', 'B'].map((StartAt) => ({
              StartAt,
              States: { [StartAt]: { Type: 'Pass', End: true } },
            })),
            End: true,
          },
        },
      },
      End: true,
    },
  },
});
const all = [
  ...machines,
  ['polling', polling],
  ['looping', looping],
  ['degrading', degrading],
  ['nested', nested],
] as const;

const node = (layout: WorkflowLayout, id: string): PlacedNode => {
  const found = layout.nodes.find((one) => one.node.id === id);
  if (!found) throw new Error(`Expected ${id} in the layout`);
  return found;
};
const center = ({ x, width }: PlacedNode) => x + width / 2;
const overlap = (a: PlacedNode, b: PlacedNode) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (outer: PlacedNode, inner: PlacedNode) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe.each(all)('the layout of %s', (_name, layout) => {
  const { nodes, edges } = layout;

  it('puts no state upon another', () => {
    const pairs = nodes.flatMap((a, index) => nodes.slice(index + 1).map((b) => [a, b] as const));
    const bad = pairs.filter(([a, b]) => overlap(a, b) && !contains(a, b));
    expect(bad.map(([a, b]) => `${a.node.id} / ${b.node.id}`)).toEqual([]);
  });

  it('puts states inside their groups, and everything inside the picture', () => {
    for (const inner of nodes.filter(({ parent }) => parent !== undefined)) {
      expect(contains(node(layout, inner.parent ?? ''), inner), inner.node.id).toBe(true);
    }
    const points = edges.flatMap(({ points }) => points);
    expect(
      nodes.every(
        ({ x, y, width, height }) =>
          x >= 0 && y >= 0 && x + width <= layout.width && y + height <= layout.height,
      ),
    ).toBe(true);
    expect(points.every(({ x, y }) => x >= 0 && y >= 0 && x <= layout.width && y <= layout.height)).toBe(
      true,
    );
  });

  it('draws the happy path as one straight line', () => {
    const happy = nodes.filter((one) => one.happy && one.parent === undefined);
    expect(new Set(happy.map(center)).size).toBe(1);
    for (const { points } of edges.filter(
      ({ edge, happy }) => happy && node(layout, edge.from).parent === undefined,
    )) {
      expect(new Set(points.map(({ x }) => x)).size).toBe(1);
    }
  });

  it('draws lines in right angles that do not run through states', () => {
    const states = nodes.filter(({ node }) => node.inner.length === 0);
    for (const { edge, points } of edges) {
      points.slice(1).forEach((to, index) => {
        const from = points[index] ?? to;
        expect(from.x === to.x || from.y === to.y, edge.id).toBe(true);
        const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
        const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
        const through = states.filter(
          (one) => left < one.x + one.width && right > one.x && top < one.y + one.height && bottom > one.y,
        );
        expect(through.map(({ node }) => `${edge.id} through ${node.id}`)).toEqual([]);
      });
    }
  });

  it('begins each line at its state and ends it at the next', () => {
    for (const { edge, points } of edges) {
      const [first, last] = [points[0], points.at(-1)];
      const touches = (id: string, x = 0, y = 0) => {
        const box = node(layout, id);
        return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
      };
      expect(touches(edge.from, first?.x, first?.y), `${edge.id} at its beginning`).toBe(true);
      expect(touches(edge.to, last?.x, last?.y), `${edge.id} at its end`).toBe(true);
    }
  });

  it('keeps labels apart from states', () => {
    for (const { edge, label } of edges) {
      if (!label) continue;
      const on = nodes.filter(
        (one) =>
          one.node.inner.length === 0 &&
          label.x > one.x &&
          label.x < one.x + one.width &&
          label.y > one.y &&
          label.y < one.y + one.height,
      );
      expect(on.map(({ node }) => `${edge.label} on ${node.id}`)).toEqual([]);
    }
  });
});

describe('what only a Catch leads to', () => {
  it('stands on the right of everything else', () => {
    const layout = machines.find(([name]) => name.startsWith('v1'))?.[1];
    if (!layout) throw new Error('Expected the state machine of v1');
    const side = ['Duplicate', 'Record Failure', 'Workflow Failed'];
    const right = Math.max(
      ...layout.nodes.filter(({ node }) => !side.includes(node.id)).map(({ x, width }) => x + width),
    );
    for (const id of side) expect(node(layout, id).x, id).toBeGreaterThan(right);
  });

  it('stays among the others when it leads back to them', () => {
    expect(node(degrading, 'Do Without').y).toBeLessThan(node(degrading, 'Go On').y);
    expect(node(degrading, 'Do Without').x).toBeLessThan(
      node(degrading, 'Try').x + node(degrading, 'Try').width,
    );
  });
});

it('leads back up on the right', () => {
  const back = polling.edges.find(({ edge }) => edge.from === 'Ready?' && edge.to === 'Wait');
  const right = Math.max(...polling.nodes.map(({ x, width }) => x + width));
  expect(Math.max(...(back?.points ?? []).map(({ x }) => x))).toBeGreaterThan(right);
  expect(back?.label).toBeDefined();
});

it('is the same each time', () => {
  const again = (name: string) => layoutOf(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  for (const [name, layout] of machines) expect(again(name)).toEqual(layout);
});
