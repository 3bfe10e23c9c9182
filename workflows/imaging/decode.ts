import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { isSrgbProfile } from './icc.ts';
import type { PhotoType } from './identify.ts';
import { pixelLimits } from './limits.ts';

// One photo at a time in a worker: threads and a cache of operations would only cost memory.
sharp.concurrency(1);
sharp.cache(false);
// libvips opens dozens of formats; the only loaders that exist for us are those of the accepted types.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
});

let files = 0;

/** Decoded pixels: 8 bits a channel, sRGB or grey, with or without alpha, upright. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** What is known of a photo before its pixels are decoded. */
export interface PhotoHeader {
  /** Size of the upright picture. */
  readonly width: number;
  readonly height: number;
  readonly exif: Uint8Array | undefined;
  /** The pixels are in sRGB, as their colour profile says. */
  readonly srgb: boolean;
}

/** Reads a photo's upright size and EXIF block. */
export async function readHeader(bytes: Uint8Array, type: PhotoType): Promise<PhotoHeader> {
  const { autoOrient, exif, icc } = await sharp(bytes, { limitInputPixels: pixelLimits[type] }).metadata();
  return { ...autoOrient, exif, srgb: isSrgbProfile(icc) };
}

/**
 * Decodes the first frame, upright and in sRGB, reduced by `scale`.
 *
 * @param scale - 1 keeps the size; smaller reduces while decoding
 */
export async function decode(
  bytes: Uint8Array,
  type: PhotoType,
  header: PhotoHeader,
  scale: number,
): Promise<Pixels> {
  const shrink = [8, 4, 2].find((factor) => factor * scale <= 1);
  if (type !== 'jpeg' || !shrink) return reduce(bytes, type, header, scale);
  files += 1;
  const file = join(tmpdir(), `photo-${process.pid}-${files}.jpg`);
  try {
    await writeFile(file, bytes);
    // sharp halves while decoding only from 3:1 on, but a photo of 12 megapixels is 2.5:1. libvips' own option in
    // the file name halves it at once: 125 instead of 290 ms of CPU for 4032 x 3024.
    return await reduce(`${file}[shrink=${shrink}]`, type, header, scale);
  } finally {
    await rm(file, { force: true });
  }
}

async function reduce(
  input: Uint8Array | string,
  type: PhotoType,
  header: PhotoHeader,
  scale: number,
): Promise<Pixels> {
  const attempt = async (failOn: 'warning' | 'truncated') => {
    const { data, info } = await sharp(input, {
      autoOrient: true,
      failOn,
      // A conversion from sRGB to sRGB would be a third of the CPU that decoding takes.
      ignoreIcc: header.srgb,
      limitInputPixels: pixelLimits[type],
    })
      .resize(Math.max(1, Math.round(header.width * scale)), Math.max(1, Math.round(header.height * scale)), {
        fit: 'fill',
        kernel: 'cubic',
      })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  };
  // PNG decoders warn of harmless things (old colour profiles) and check sums already; in a JPEG a warning is
  // the only sign of damage.
  if (type !== 'jpeg') return attempt('truncated');
  return attempt('warning').catch((error: unknown) => {
    if (isHarmless(error)) return attempt('truncated');
    throw error;
  });
}

/** Some phones pad their JPEGs or write odd scan parameters; the picture is whole. */
function isHarmless(error: unknown): boolean {
  return (
    error instanceof Error && /extraneous bytes before marker|Invalid SOS parameters/.test(error.message)
  );
}
