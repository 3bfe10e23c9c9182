import { readCopyright } from './copyright.ts';
import type { PhotoHeader } from './decode.ts';
import type { PhotoType } from './identify.ts';
import { decodePhoto, openPhoto } from './open-photo.ts';
import { damagedFile, type Rejection } from './rejection.ts';
import { type Rendition, reduceToSmall, render, sides, thumbHash } from './render.ts';

/** Everything made from an accepted photo; `width` and `height` are those of the upright original. */
export interface Made {
  readonly outcome: 'made';
  readonly type: PhotoType;
  readonly width: number;
  readonly height: number;
  readonly thumbHash: string;
  readonly renditions: readonly Rendition[];
}

/**
 * Turns the bytes a visitor sent into the pictures that are shown, or says why it cannot.
 *
 * Whatever the bytes are, the outcome is a value; what is thrown is a fault of ours, or memory that ran out.
 *
 * @example
 * const result = await makeRenditions(await readFile('trail.jpg'));
 * if (result.outcome === 'made') console.log(result.renditions.map((rendition) => rendition.name));
 */
export async function makeRenditions(bytes: Uint8Array): Promise<Made | Rejection> {
  const opened = await openPhoto(bytes);
  if (opened.outcome === 'rejected') return opened;
  const { type, header } = opened;
  const pixels = await decodePhoto(bytes, opened, workingScale(header));
  if (!pixels) return damagedFile;
  const small = await reduceToSmall(pixels);
  return {
    outcome: 'made',
    type,
    width: header.width,
    height: header.height,
    thumbHash: await thumbHash(small),
    renditions: await render(pixels, small, readCopyright(header.exif)),
  };
}

/** Reduces to what `large` needs, or for a panorama to what the middle square of `tile` needs. */
function workingScale({ width, height }: PhotoHeader): number {
  return Math.max(sides.large / Math.max(width, height), sides.tile / Math.min(width, height));
}
