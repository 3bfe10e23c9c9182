import sharp from 'sharp';
import phash from 'sharp-phash';
import type { Pixels } from './decode.ts';

/** Side of the square that the hash is made from. */
const side = 32;
/** As much as the levels of grey of a picture differ from those of its strongly compressed copy. */
const noise = 4;

/** In how many bits the hashes of two pictures may differ so that they are taken for the same one. */
export const samePicture = 7;

/**
 * Hashes what a picture shows to 64 bits, as hexadecimal digits; the same picture, resized or recompressed, differs in
 * a few of them.
 *
 * `undefined` means that the picture is too flat to be told from others: a little noise would make it another one.
 */
export async function perceptualHash({ data, width, height, channels }: Pixels): Promise<string | undefined> {
  const grey = await sharp(data, { raw: { width, height, channels } })
    .greyscale()
    .resize(side, side, { fit: 'fill' })
    .raw()
    .toBuffer();
  const hash = await hashOf(grey);
  return hashDistance(hash, await hashOf(withNoise(grey))) <= samePicture ? hash : undefined;
}

/** In how many bits two hashes differ. */
export function hashDistance(a: string, b: string): number {
  const difference = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2);
  return difference.replaceAll('0', '').length;
}

/** The library would reduce a picture to this size itself, but by then the reduction is done. */
async function hashOf(grey: Uint8Array): Promise<string> {
  const bits = await phash(grey, { raw: { width: side, height: side, channels: 1 } });
  return BigInt(`0b${bits}`).toString(16).padStart(16, '0');
}

/** Adds noise that is the same in every run. */
function withNoise(grey: Uint8Array): Uint8Array {
  let state = 1;
  return Buffer.from(
    Uint8ClampedArray.from(grey, (level) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return level + noise * (state / 2 ** 31 - 1);
    }),
  );
}
