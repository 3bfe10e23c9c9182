import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { RenditionName } from '#contracts/photos.ts';
import type { Pixels } from './decode.ts';

/** One encoded picture made from a photo. */
export interface Rendition {
  readonly name: RenditionName;
  readonly contentType: 'image/webp' | 'image/jpeg';
  readonly extension: 'webp' | 'jpg';
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** A small JPEG of a photo for whoever decides on it: upright, sRGB, without any metadata. */
export type Preview = Pick<Rendition, 'width' | 'height' | 'bytes'>;

/** Longest side of each rendition, `tile` excepted, which is a square cut from the middle. */
export const sides = { tile: 400, small: 800, large: 1600, share: 1200 } as const satisfies Record<
  RenditionName,
  number
>;

// Quality 75 is where blocks stay invisible at phone size. Effort buys no quality, only bytes for CPU: `large` takes
// 46 ms and 113 KB at 0, 57 ms and 93 KB at 1, 81 ms and 78 KB at 2. It is opened seldom and made always, so 0;
// the smaller ones fill every grid and cost little, so 1. Huffman tables of its own save `share` 2 % for 6 of 24 ms.
export const webp = {
  tile: { quality: 75, effort: 1 },
  small: { quality: 75, effort: 1 },
  large: { quality: 75, effort: 0 },
} as const;
export const jpeg = { quality: 80, optimiseCoding: false } as const;

/**
 * Encodes all renditions, each from the smallest pixels that still suffice, one after the other.
 *
 * @param source - what `large` is made from
 * @param small - the same picture reduced to `small`
 * @param copyright - written into each, the only metadata they carry
 */
export async function render(
  source: Pixels,
  small: Pixels,
  copyright: string | undefined,
): Promise<Rendition[]> {
  const sign = (image: Sharp) => (copyright ? image.withExif({ IFD0: { Copyright: copyright } }) : image);
  const asWebp = (name: keyof typeof webp, image: Sharp) =>
    encode(name, sign(image).webp(webp[name]), { contentType: 'image/webp', extension: 'webp' });

  const tileSource = Math.min(small.width, small.height) < sides.tile ? source : small;
  const tile = await asWebp('tile', open(tileSource).resize(tileSize(tileSource)));
  const share = open(source).resize(inside(sides.share)).flatten({ background: 'white' });
  return [
    tile,
    await asWebp('small', open(small)),
    await asWebp('large', open(source).resize(inside(sides.large))),
    await encode('share', sign(share).jpeg(jpeg), { contentType: 'image/jpeg', extension: 'jpg' }),
  ];
}

/** Encodes pixels that are already reduced as a preview, and returns them as it shows them: three channels. */
export async function renderPreview(source: Pixels): Promise<{ preview: Preview; flat: Pixels }> {
  const { width, height } = source;
  const data = await open(source).flatten({ background: 'white' }).raw().toBuffer();
  const flat = { data, width, height, channels: 3 } as const;
  const bytes = await open(flat).jpeg(jpeg).toBuffer();
  return { preview: { width, height, bytes }, flat };
}

/** A few bytes that a browser turns into a blurred placeholder, in base64. */
export async function thumbHash(source: Pixels): Promise<string> {
  const { data, info } = await open(source)
    .resize(inside(64))
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

function open({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

function inside(side: number) {
  return { width: side, height: side, fit: 'inside', kernel: 'cubic', withoutEnlargement: true } as const;
}

function tileSize({ width, height }: Pixels) {
  return { width: Math.min(width, sides.tile), height: Math.min(height, sides.tile), fit: 'cover' } as const;
}

/** Reduces pixels to the size of `small`, from which the smaller pictures are made too. */
export async function reduceToSmall(source: Pixels): Promise<Pixels> {
  const { data, info } = await open(source)
    .resize(inside(sides.small))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

async function encode(
  name: RenditionName,
  image: Sharp,
  type: Pick<Rendition, 'contentType' | 'extension'>,
): Promise<Rendition> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { name, ...type, width: info.width, height: info.height, bytes: data };
}
