import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hashBands } from '#contracts/tables/keys.ts';
import { inspectPhoto } from './inspect-photo.ts';
import { hashDistance, perceptualHash, samePicture } from './perceptual-hash.ts';
import { scene } from './test-pictures.ts';

const rules = { types: ['jpeg', 'png', 'webp', 'avif'], minPixels: 1, nearMeters: 2000 } as const;

async function hashOf(photo: Sharp): Promise<string> {
  const inspected = await inspectPhoto(await photo.toBuffer(), rules, undefined);
  const hash = inspected.outcome === 'accepted' ? inspected.details.perceptualHash : undefined;
  if (hash === undefined) throw new Error(`Expected a hash, got ${inspected.outcome}`);
  return hash;
}

/** The same photo as it comes back. */
const [width, height] = [800, 600];
const original = await scene(7, width, height).raw().toBuffer();
const copy = () => sharp(original, { raw: { width, height, channels: 3 } });
const first = await hashOf(copy().jpeg());
const copies: Record<string, (photo: Sharp) => Sharp> = {
  'as it is': (photo) => photo.jpeg({ quality: 95 }),
  'at 30 %': (photo) => photo.resize(Math.round(width * 0.3)).jpeg(),
  'at 50 %': (photo) => photo.resize(width / 2).jpeg(),
  'at 90 %': (photo) => photo.resize(width * 0.9).jpeg(),
  'at quality 40': (photo) => photo.jpeg({ quality: 40 }),
  'at 50 % and quality 40': (photo) => photo.resize(width / 2).jpeg({ quality: 40 }),
  'as WebP': (photo) => photo.webp({ quality: 60, effort: 0 }),
  'as AVIF': (photo) => photo.resize(400).avif({ quality: 50, effort: 0 }),
  'as PNG': (photo) => photo.png({ compressionLevel: 1 }),
  'in grey': (photo) => photo.greyscale().jpeg(),
  brighter: (photo) => photo.modulate({ brightness: 1.1 }).jpeg(),
  'without its outermost hundredth': (photo) =>
    photo
      .extract({ left: width / 100, top: height / 100, width: width * 0.98, height: height * 0.98 })
      .jpeg(),
  'lying on its side': (photo) => photo.rotate(270).withMetadata({ orientation: 6 }).jpeg(),
};

describe('perceptualHash', () => {
  it.each(Object.entries(copies))('takes a photo %s for the same one', async (_name, change) => {
    expect(hashDistance(first, await hashOf(change(copy())))).toBeLessThanOrEqual(samePicture);
  });

  it('tells different photos apart', async () => {
    const hashes = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => hashOf(scene(seed).jpeg())));
    const distances = hashes.flatMap((a, index) => hashes.slice(index + 1).map((b) => hashDistance(a, b)));
    expect(Math.min(...distances)).toBeGreaterThan(samePicture);
  });

  it.each([
    ['a wall', () => 120],
    ['a sky that grows lighter downwards', (y: number) => 80 + y / 2],
    ['the night', () => 0],
  ])('gives no hash to %s', async (_name, level) => {
    const data = Buffer.from(Array.from({ length: 300 * 300 }, (_, at) => level(Math.floor(at / 300))));
    expect(await perceptualHash({ data, width: 300, height: 300, channels: 1 })).toBeUndefined();
  });

  it('lets pictures differ in fewer bits than a hash has bands, so that a look-up finds them', () => {
    expect(samePicture).toBeLessThan(hashBands);
  });
});

describe('hashDistance', () => {
  it.each([
    ['ffffffffffffffff', 'ffffffffffffffff', 0],
    ['0000000000000001', '0000000000000003', 1],
    ['0000000000000000', 'ffffffffffffffff', 64],
    ['8000000000000000', '0000000000000001', 2],
  ])('counts the bits in which %s and %s differ', (a, b, expected) => {
    expect(hashDistance(a, b)).toBe(expected);
  });
});
