import readExif from 'exif-reader';
import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { type Made, makeRenditions } from './make-renditions.ts';
import type { Rendition } from './render.ts';
import { type Colour, cameraExif, colourAt, corners, distance, picture, quadrants } from './test-pictures.ts';

async function made(bytes: Uint8Array): Promise<Made> {
  const result = await makeRenditions(bytes);
  if (result.outcome === 'rejected') throw new Error(`Expected renditions, got ${result.reason}`);
  return result;
}

function named(result: Made, name: Rendition['name']): Rendition {
  const found = result.renditions.find((rendition) => rendition.name === name);
  if (!found) throw new Error(`Expected a rendition ${name}`);
  return found;
}

const sizes = (result: Made) =>
  Object.fromEntries(result.renditions.map(({ name, width, height }) => [name, `${width}x${height}`]));

/** Where row 0 and column 0 of the stored pixels are in the upright picture: the table of the EXIF standard. */
const orientations = [
  [1, 'top', 'Left'],
  [2, 'top', 'Right'],
  [3, 'bottom', 'Right'],
  [4, 'bottom', 'Left'],
  [5, 'Left', 'top'],
  [6, 'Right', 'top'],
  [7, 'Right', 'bottom'],
  [8, 'Left', 'bottom'],
] as const;

const opposite = { top: 'bottom', bottom: 'top', Left: 'Right', Right: 'Left' } as const;
type Edge = keyof typeof opposite;

function corner(a: Edge, b: Edge): Colour {
  const [vertical, horizontal] = a === 'top' || a === 'bottom' ? [a, b] : [b, a];
  const colour = Object.entries(corners).find(([name]) => name === `${vertical}${horizontal}`)?.[1];
  if (!colour) throw new Error(`Expected a corner, got ${vertical}${horizontal}`);
  return colour;
}

describe('makeRenditions', () => {
  it.each(orientations)('stands a photo of orientation %i upright', async (orientation, row, column) => {
    // Prepare
    const stored = [
      corner(row, column),
      corner(row, opposite[column]),
      corner(opposite[row], column),
      corner(opposite[row], opposite[column]),
    ] as const;
    const [width, height] = orientation >= 5 ? [48, 64] : [64, 48];
    const photo = await quadrants(width, height, stored).withMetadata({ orientation }).jpeg().toBuffer();

    // Act
    const result = await made(photo);

    // Assess
    expect([result.width, result.height]).toEqual([64, 48]);
    for (const { bytes } of result.renditions) {
      expect(distance(await colourAt(bytes, 0.1, 0.1), corners.topLeft)).toBeLessThan(30);
      expect(distance(await colourAt(bytes, 0.9, 0.1), corners.topRight)).toBeLessThan(30);
      expect(distance(await colourAt(bytes, 0.1, 0.9), corners.bottomLeft)).toBeLessThan(30);
      expect(distance(await colourAt(bytes, 0.9, 0.9), corners.bottomRight)).toBeLessThan(30);
      expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
    }
  });

  it('makes four sizes from a photo that is halved while decoding', async () => {
    // Prepare
    const photo = await picture(3202, 2134).withMetadata({ orientation: 6 }).jpeg({ quality: 40 }).toBuffer();

    // Act
    const result = await made(photo);

    // Assess
    expect(result).toMatchObject({ type: 'jpeg', width: 2134, height: 3202 });
    expect(sizes(result)).toEqual({
      tile: '400x400',
      small: '533x800',
      large: '1066x1600',
      share: '800x1200',
    });
    expect(distance(await colourAt(named(result, 'large').bytes, 0.9, 0.1), corners.topLeft)).toBeLessThan(
      12,
    );
    const hash = Buffer.from(result.thumbHash, 'base64');
    expect(thumbHashToApproximateAspectRatio(hash)).toBeCloseTo(2 / 3, 0);
    expect(result.renditions.map(({ contentType }) => contentType)).toEqual([
      'image/webp',
      'image/webp',
      'image/webp',
      'image/jpeg',
    ]);
  });

  it.each([
    [1, 1, { tile: '1x1', small: '1x1', large: '1x1', share: '1x1' }],
    [1, 900, { tile: '1x400', small: '1x800', large: '1x900', share: '1x900' }],
    [300, 200, { tile: '300x200', small: '300x200', large: '300x200', share: '300x200' }],
    [3000, 500, { tile: '400x400', small: '800x133', large: '1600x267', share: '1200x200' }],
  ])('never enlarges a picture of %i x %i', async (width, height, expected) => {
    // Act
    const result = await made(await picture(width, height).png().toBuffer());

    // Assess
    expect(result).toMatchObject({ type: 'png', width, height });
    expect(sizes(result)).toEqual(expected);
  });

  it.each(['png', 'webp', 'avif'] as const)('accepts %s', async (type) => {
    // Act
    const result = await made(await picture().toFormat(type).toBuffer());

    // Assess
    expect(result).toMatchObject({ type, width: 64, height: 48 });
    expect(distance(await colourAt(named(result, 'large').bytes, 0.1, 0.1), corners.topLeft)).toBeLessThan(
      40,
    );
  });

  it('shows a Display P3 photo in the colours it was taken in', async () => {
    // Prepare
    const photo = await picture().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer();
    const storedColour = await colourAt(photo, 0.9, 0.1);

    // Act
    const result = await made(photo);

    // Assess
    expect(distance(storedColour, corners.topRight)).toBeGreaterThan(40);
    for (const { bytes } of result.renditions)
      expect(distance(await colourAt(bytes, 0.9, 0.1), corners.topRight)).toBeLessThan(16);
  });

  it('turns a CMYK photo into RGB', async () => {
    // Prepare
    const photo = await picture().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();

    // Act
    const result = await made(photo);

    // Assess
    expect((await sharp(photo).metadata()).space).toBe('cmyk');
    const share = named(result, 'share').bytes;
    expect((await sharp(share).metadata()).space).toBe('srgb');
    expect(distance(await colourAt(share, 0.9, 0.1), corners.topRight)).toBeLessThan(60);
  });

  it('keeps the brightness of a 16-bit picture', async () => {
    // Prepare
    const photo = await picture().toColourspace('rgb16').png().toBuffer();

    // Act
    const result = await made(photo);

    // Assess
    expect((await sharp(photo).metadata()).depth).toBe('ushort');
    expect(
      distance(await colourAt(named(result, 'large').bytes, 0.9, 0.9), corners.bottomRight),
    ).toBeLessThan(12);
  });

  it('accepts a grey picture', async () => {
    // Act
    const result = await made(await picture().greyscale().png().toBuffer());

    // Assess
    const [red = 0, green = 0, blue = 0] = await colourAt(named(result, 'large').bytes, 0.9, 0.9);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(8);
    expect(red).toBeGreaterThan(215);
  });

  it('keeps transparency in WebP and puts white behind the JPEG', async () => {
    // Prepare
    const transparent = { r: 200, g: 0, b: 0, alpha: 0 };
    const photo = await sharp({ create: { width: 20, height: 20, channels: 4, background: transparent } })
      .png()
      .toBuffer();

    // Act
    const result = await made(photo);

    // Assess
    expect((await colourAt(named(result, 'large').bytes, 0.5, 0.5))[3]).toBe(0);
    expect(distance(await colourAt(named(result, 'share').bytes, 0.5, 0.5), [255, 255, 255])).toBeLessThan(4);
  });

  it('takes the first frame of an animation', async () => {
    // Prepare
    const frames = quadrants(20, 40, [
      corners.topLeft,
      corners.topLeft,
      corners.bottomLeft,
      corners.bottomLeft,
    ]);
    const { data } = await frames.raw().toBuffer({ resolveWithObject: true });
    const animation = await sharp(data, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
      .webp()
      .toBuffer();

    // Act
    const result = await made(animation);

    // Assess
    expect((await sharp(animation).metadata()).pages).toBe(2);
    expect(result).toMatchObject({ width: 20, height: 20 });
    expect(distance(await colourAt(named(result, 'large').bytes, 0.5, 0.5), corners.topLeft)).toBeLessThan(
      30,
    );
  });

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'drops where and by what a %s was taken and keeps its copyright',
    async (type) => {
      // Prepare
      const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>37.7456</secret></x:xmpmeta>';
      const photo = await picture().withExif(cameraExif).withXmp(xmp).toFormat(type).toBuffer();

      // Act
      const result = await made(photo);

      // Assess
      expect(photo.includes('Trailhead') || photo.includes('secret')).toBe(true);
      for (const { bytes } of result.renditions) {
        const raw = Buffer.from(bytes);
        for (const trace of ['Trailhead', 'Phone 12', 'secret', 'xmpmeta', '2026:06:01', 'Photoshop'])
          expect(raw.includes(trace)).toBe(false);
        const exif = readExif((await sharp(bytes).metadata()).exif ?? Buffer.alloc(0));
        expect(exif.Image).toMatchObject({ Copyright: '(c) Ranger Rose' });
        expect(exif.Image).not.toHaveProperty('Make');
        expect(exif.GPSInfo).toBeUndefined();
      }
    },
  );

  it('writes no metadata at all when there is no copyright', async () => {
    // Act
    const result = await made(await picture().withMetadata({ orientation: 3 }).jpeg().toBuffer());

    // Assess
    for (const { bytes } of result.renditions) {
      const { exif, icc, xmp, iptc } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp, iptc }).toEqual({});
    }
  });

  it('makes the same bytes from the same photo', async () => {
    // Prepare
    const photo = await picture().withExif(cameraExif).jpeg().toBuffer();

    // Act
    const [first, second] = [await made(photo), await made(photo)];

    // Assess
    expect(second).toEqual(first);
  });
});
