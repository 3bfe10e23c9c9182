import sharp from 'sharp';
import phash from 'sharp-phash';
import type { Pixels } from './decode.ts';

const side = 32;
/** Least standard deviation, in levels of grey, of what the hash is made from. */
const leastStructure = 2;

/**
 * Hashes what a picture shows to 64 bits, as hexadecimal digits; the same picture, resized or recompressed, differs in
 * a few of them.
 *
 * `undefined` means that the picture is too flat to be told from others: its bits would be noise.
 */
export async function perceptualHash({ data, width, height, channels }: Pixels): Promise<string | undefined> {
  const grey = await sharp(data, { raw: { width, height, channels } })
    .greyscale()
    .resize(side, side, { fit: 'fill' })
    .raw()
    .toBuffer();
  if (structure(grey) < leastStructure) return undefined;
  // The library would reduce to this size itself, but by then the reduction is done.
  const bits = await phash(grey, { raw: { width: side, height: side, channels: 1 } });
  return BigInt(`0b${bits}`).toString(16).padStart(16, '0');
}

/** In how many bits two hashes differ. */
export function hashDistance(a: string, b: string): number {
  const difference = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2);
  return difference.replaceAll('0', '').length;
}

/**
 * Deviation that remains without the means of rows and columns: the hash leaves those out, so a sky that grows
 * lighter downwards is as flat to it as a wall.
 */
function structure(grey: Uint8Array): number {
  const rows = new Float64Array(side);
  const columns = new Float64Array(side);
  grey.forEach((level, index) => {
    rows[Math.floor(index / side)] = (rows[Math.floor(index / side)] ?? 0) + level / side;
    columns[index % side] = (columns[index % side] ?? 0) + level / side;
  });
  const mean = rows.reduce((sum, row) => sum + row / side, 0);
  const squares = grey.reduce((sum, level, index) => {
    const rest = level - (rows[Math.floor(index / side)] ?? 0) - (columns[index % side] ?? 0) + mean;
    return sum + rest * rest;
  }, 0);
  return Math.sqrt(squares / (side * side));
}
