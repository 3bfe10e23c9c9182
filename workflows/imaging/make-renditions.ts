import { readCopyright } from './copyright.ts';
import { decode, type PhotoHeader, type Pixels, readHeader } from './decode.ts';
import { readDimensions } from './dimensions.ts';
import { identify, type PhotoType } from './identify.ts';
import { pixelLimits } from './limits.ts';
import { damagedFile, emptyFile, foreignFile, type Rejection, tooManyPixels } from './rejection.ts';
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
  if (bytes.length === 0) return emptyFile;
  const identity = identify(bytes);
  if (!identity.accepted) return foreignFile(identity.kind);
  const { type } = identity;
  const declared = readDimensions(type, bytes);
  if (!declared) return damagedFile;
  if (declared.width * declared.height > pixelLimits[type])
    return tooManyPixels(declared, type, pixelLimits[type]);
  const opened = await openPhoto(bytes, type);
  if (!opened) return damagedFile;
  const { header, pixels } = opened;
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

/** The one decode. Here the bytes are on trial, so an error means that they are damaged. */
async function openPhoto(
  bytes: Uint8Array,
  type: PhotoType,
): Promise<{ header: PhotoHeader; pixels: Pixels } | undefined> {
  try {
    const header = await readHeader(bytes, type);
    return { header, pixels: await decode(bytes, type, header, workingScale(header)) };
  } catch (error) {
    if (isOurs(error)) throw error;
    return undefined;
  }
}

/** Reduces to what `large` needs, or for a panorama to what the middle square of `tile` needs. */
function workingScale({ width, height }: PhotoHeader): number {
  return Math.min(1, Math.max(sides.large / Math.max(width, height), sides.tile / Math.min(width, height)));
}

/** Memory that ran out and files that cannot be written say nothing about the photo. */
function isOurs(error: unknown): boolean {
  return (
    error instanceof Error &&
    ('code' in error || /out of memory|unable to (malloc|allocate)/i.test(error.message))
  );
}
