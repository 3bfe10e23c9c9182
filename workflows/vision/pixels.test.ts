import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { framedSquare, pickedSquare } from './pixels.ts';

/** Black and white columns in turns, one pixel wide: grey to whoever averages. */
async function stripes(side: number): Promise<Buffer> {
  const pixels = Uint8Array.from({ length: side * side }, (_value, index) => (index % 2) * 255);
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .jpeg({ quality: 100 })
    .toBuffer();
}

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c83214' } })
    .jpeg({ quality: 95 })
    .toBuffer();
const pixel = (rgb: Uint8Array, side: number, x: number, y: number) => [
  ...rgb.subarray((y * side + x) * 3, (y * side + x) * 3 + 3),
];

describe('pickedSquare', () => {
  it('picks pixels and never averages them, at any size', async () => {
    for (const side of [448, 896, 1200]) {
      // Act
      const rgb = await pickedSquare(await stripes(side), 224);

      // Assess
      const grey = rgb.filter((value) => value > 64 && value < 192).length;
      expect(grey / rgb.length, `${side} pixels`).toBeLessThan(0.01);
    }
  });

  it('squeezes the whole picture into the square, as three bytes a pixel', async () => {
    // Act
    const rgb = await pickedSquare(await plain(640, 480), 224);

    // Assess
    expect(rgb).toHaveLength(224 * 224 * 3);
    for (const at of [0, 223]) {
      const [red = 0, green = 0, blue = 0] = pixel(rgb, 224, at, at);
      expect(Math.max(Math.abs(red - 200), Math.abs(green - 50), Math.abs(blue - 20))).toBeLessThan(8);
    }
  });
});

describe('framedSquare', () => {
  it('keeps the shape of the picture and frames it in black', async () => {
    // Act
    const rgb = await framedSquare(await plain(1200, 600), 512);

    // Assess
    expect(rgb).toHaveLength(512 * 512 * 3);
    expect(pixel(rgb, 512, 256, 20)).toEqual([0, 0, 0]);
    expect(pixel(rgb, 512, 256, 490)).toEqual([0, 0, 0]);
    expect(pixel(rgb, 512, 256, 256)[0]).toBeGreaterThan(190);
  });

  it('gives a grey picture three bytes a pixel, too', async () => {
    expect(await framedSquare(await stripes(64), 512)).toHaveLength(512 * 512 * 3);
  });

  it('refuses a picture of more pixels than ours ever have', async () => {
    await expect(framedSquare(await plain(2100, 2000), 512)).rejects.toThrow(/pixel limit/);
  });
});
