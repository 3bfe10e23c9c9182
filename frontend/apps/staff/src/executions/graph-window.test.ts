// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readableWindow, sees } from './graph-window.ts';

const window = { width: 800, height: 600 };

describe('the first view of a graph', () => {
  it('shows a small one as a whole, in the middle and not enlarged', () => {
    expect(readableWindow({ width: 400, height: 300 }, window)).toEqual({ zoom: 1, x: 200, y: 150 });
  });

  it('shows a tall one from its top, as wide as can be read', () => {
    const { zoom, y } = readableWindow({ width: 1200, height: 1700 }, window);

    expect(zoom).toBeCloseTo((800 - 2 * 28) / 1200);
    expect(y).toBe(28);
  });

  it('cuts a wide one off rather than make it unreadable', () => {
    expect(readableWindow({ width: 4000, height: 1700 }, window).zoom).toBe(0.55);
  });

  it.each([
    ['the middle', 900, -(900 + 20) * 0.62 + 300],
    ['the foot, and not past it', 1660, 600 - 1700 * 0.62 - 28],
  ])('shows a tall one around a state at %s', (_where, y, moved) => {
    const around = { x: 500, y, width: 200, height: 40 };
    const view = readableWindow({ width: 1200, height: 1700 }, window, around);

    expect(view.y).toBeCloseTo(moved);
    expect(sees(view, window, around)).toBe(true);
  });
});

it.each([
  [{ x: 10, y: 10, width: 100, height: 40 }, true],
  [{ x: -10, y: 10, width: 100, height: 40 }, false],
  [{ x: 1550, y: 10, width: 100, height: 40 }, false],
  [{ x: 10, y: 1180, width: 100, height: 40 }, false],
])('sees %j: %s', (box, seen) => {
  expect(sees({ x: 0, y: 0, zoom: 0.5 }, window, box)).toBe(seen);
});
