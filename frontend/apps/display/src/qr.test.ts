// @vitest-environment node
import decodeQR from 'qr/decode.js';
import { expect, it } from 'vitest';
import { drawQr } from './qr.ts';

const url =
  'https://happy-path.example.org/cafes/01HAPPYPATH000000000000015/scan?code=1795292100-ABCDEFGHJKMNPQRSTVWXYZ0123';

/** Paints the path as a camera would see it, `scale` pixels a module. */
function paint(path: string, size: number, scale = 4) {
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const begin = (row * width + Number(x) * scale) * 4;
      data.fill(0, begin, begin + Number(run) * scale * 4);
    }
  }
  return { width, height: width, data };
}

it('draws what a phone reads', () => {
  const { path, size } = drawQr(url);

  expect(decodeQR(paint(path, size))).toBe(url);
});

it('leaves four light modules on every side', () => {
  const { path, size } = drawQr(url);
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, run]) => [x, y, run].map(Number));

  expect(Math.min(...runs.map(([x = 0]) => x))).toBe(4);
  expect(Math.min(...runs.map(([, y = 0]) => y))).toBe(4);
  expect(Math.max(...runs.map(([x = 0, , run = 0]) => x + run))).toBe(size - 4);
  expect(Math.max(...runs.map(([, y = 0]) => y))).toBe(size - 5);
});
