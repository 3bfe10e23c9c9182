// @vitest-environment node
import { expect, it } from 'vitest';
import { masonry } from './masonry.ts';

const grid = { width: 210, columns: 2, gap: 10 };

it('puts each picture on the shortest column in reading order', () => {
  // Prepare: tall, flat, flat
  const ratios = [0.5, 2, 2];

  // Act
  const { tiles, height } = masonry(ratios, grid);

  // Assess
  expect(tiles).toEqual([
    { left: 0, top: 0, width: 100, height: 200 },
    { left: 110, top: 0, width: 100, height: 50 },
    { left: 110, top: 60, width: 100, height: 50 },
  ]);
  expect(height).toBe(200);
});

it('leaves what stands already where it is when pictures are added at the end', () => {
  const before = masonry([1, 0.7, 1.5], grid).tiles;
  const after = masonry([1, 0.7, 1.5, 1, 1], grid).tiles;
  expect(after.slice(0, 3)).toEqual(before);
});

it('has no height without pictures', () => {
  expect(masonry([], grid)).toEqual({ tiles: [], height: 0 });
});
