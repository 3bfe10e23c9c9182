import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { photoDetails } from '#contracts/photos.ts';
import { type Inspected, inspectPhoto } from './inspect-photo.ts';
import { cameraExif, colourAt, corners, distance, picture, scene } from './test-pictures.ts';

const rules = { types: ['jpeg', 'png', 'webp', 'avif'], minPixels: 40, nearMeters: 2000 } as const;
const yosemite = { lat: 37.7456, lng: -119.5936 };

async function inspected(bytes: Uint8Array): Promise<Inspected> {
  const result = await inspectPhoto(bytes, rules, yosemite);
  if (result.outcome === 'rejected') throw new Error(`Expected an inspection, got ${result.reason}`);
  return result;
}

describe('inspectPhoto', () => {
  it('finds out what a photo is, when and with what it was taken, and that it was near its place', async () => {
    // Prepare
    const photo = await scene(1).withExif(cameraExif).jpeg().toBuffer();

    // Act
    const { details } = await inspected(photo);

    // Assess
    expect(details).toEqual({
      type: 'jpeg',
      width: 400,
      height: 300,
      takenAt: '2026-06-01T10:24:36',
      camera: 'Trailhead Phone 12',
      takenNearPlace: true,
      perceptualHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(photoDetails.parse(details)).toEqual(details);
  });

  it.each([
    ['the place is unknown', cameraExif, undefined],
    ['the photo does not say where it was taken', { IFD0: { Make: 'Trailhead' } }, yosemite],
  ])('says nothing about the place when %s', async (_name, exif, place) => {
    const photo = await picture().withExif(exif).jpeg().toBuffer();
    const result = await inspectPhoto(photo, rules, place);
    if (result.outcome === 'rejected') throw new Error(`Expected an inspection, got ${result.reason}`);
    expect(result.details.takenNearPlace).toBeUndefined();
  });

  it('forgets where the photo was taken', async () => {
    const photo = await scene(1).withExif(cameraExif).jpeg().toBuffer();
    const accepted = await inspectPhoto(photo, rules, { lat: 0, lng: 0 });
    const rejected = await inspectPhoto(photo, { ...rules, minPixels: 500 }, yosemite);
    for (const result of [accepted, rejected])
      expect(JSON.stringify({ ...result, preview: undefined })).not.toMatch(/37\.|37,|44\.|119|GPS|lat|lng/);
  });

  it.each(['png', 'webp', 'avif'] as const)('reads %s', async (type) => {
    const { details } = await inspected(await picture().withExif(cameraExif).toFormat(type).toBuffer());
    expect(details).toMatchObject({ type, width: 64, height: 48, camera: 'Trailhead Phone 12' });
  });

  it('makes a small upright preview in sRGB without metadata', async () => {
    // Prepare
    const photo = await picture(900, 600)
      .rotate(90)
      .withIccProfile('p3')
      .withExif(cameraExif)
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer();

    // Act
    const { preview, details } = await inspected(photo);

    // Assess
    expect(details).toMatchObject({ width: 900, height: 600 });
    const { format, width, height, channels, space, exif, icc, xmp, orientation } = await sharp(
      preview.bytes,
    ).metadata();
    expect({ format, width, height, channels, space }).toEqual({
      format: 'jpeg',
      width: 800,
      height: 533,
      channels: 3,
      space: 'srgb',
    });
    expect(preview).toMatchObject({ width, height });
    expect({ exif, icc, xmp, orientation }).toEqual({});
    expect(distance(await colourAt(preview.bytes, 0.1, 0.1), corners.topLeft)).toBeLessThan(30);
    expect(distance(await colourAt(preview.bytes, 0.9, 0.9), corners.bottomRight)).toBeLessThan(30);
  });

  it.each([
    ['a grey photo', () => picture().greyscale().png()],
    ['a grey photo of 16 bits', () => picture().toColourspace('grey16').png()],
    ['a photo for print', () => picture().toColourspace('cmyk').jpeg()],
    ['a photo with holes', () => picture().ensureAlpha(0).png()],
    ['a grey photo with holes', () => picture().greyscale().ensureAlpha(0).png()],
  ])('makes a preview of three colours from %s', async (_name, make) => {
    const { preview } = await inspected(await make().toBuffer());
    const { space, channels, isProgressive } = await sharp(preview.bytes).metadata();
    expect({ space, channels, isProgressive }).toEqual({ space: 'srgb', channels: 3, isProgressive: false });
  });

  it('puts white behind a photo with holes', async () => {
    const { preview } = await inspected(await picture().ensureAlpha(0).png().toBuffer());
    expect(distance(await colourAt(preview.bytes, 0.1, 0.1), [255, 255, 255])).toBeLessThan(4);
  });

  it('never enlarges', async () => {
    const { preview } = await inspected(await picture(64, 48).png().toBuffer());
    expect(preview).toMatchObject({ width: 64, height: 48 });
  });

  it('takes a photo of just enough pixels on its short side and refuses one of less, in plain words', async () => {
    const result = (height: number) =>
      picture(90, height)
        .png()
        .toBuffer()
        .then((photo) => inspectPhoto(photo, rules, undefined));
    expect(await result(40)).toMatchObject({ outcome: 'accepted' });
    expect(await result(39)).toMatchObject({
      outcome: 'rejected',
      reason: 'TOO_SMALL',
      message: expect.stringMatching(
        /^Too small for the map: 90 x 39\. Photos need at least 40 pixels on the short side\. /,
      ),
      details: { type: 'png', width: 90, height: 39 },
    });
  });

  it('refuses a type that is not asked for and names those that are', async () => {
    const result = await inspectPhoto(
      await picture().avif().toBuffer(),
      { ...rules, types: ['jpeg', 'png', 'webp'] },
      undefined,
    );
    expect(result).toEqual({
      outcome: 'rejected',
      reason: 'UNSUPPORTED_TYPE',
      message: 'AVIF photos are not taken here. Please send a JPEG, PNG or WebP photo.',
    });
  });

  it('looks at what is cheap first', async () => {
    // Prepare
    const jpeg = await scene(1, 60, 30).jpeg().toBuffer();
    const giant = Buffer.from(jpeg);
    const frame = giant.indexOf(Buffer.from([0xff, 0xc0]));
    giant.writeUInt32BE(0xea60ea60, frame + 5);
    const cut = (await scene(1).jpeg().toBuffer()).subarray(0, 2000);
    const files = {
      EMPTY: Buffer.alloc(0),
      UNSUPPORTED_TYPE: giant,
      TOO_MANY_PIXELS: giant,
      CORRUPT: jpeg.subarray(0, 20),
      TOO_SMALL: jpeg.subarray(0, jpeg.length - 100),
    };

    // Act
    const reasons = await Promise.all(
      Object.entries(files).map(async ([reason, bytes]) => {
        const types = reason === 'UNSUPPORTED_TYPE' ? (['png'] as const) : rules.types;
        const result = await inspectPhoto(bytes, { ...rules, types }, undefined);
        return result.outcome === 'rejected' ? result.reason : result.outcome;
      }),
    );

    // Assess
    expect(reasons).toEqual(Object.keys(files));
    expect(await inspectPhoto(cut, rules, undefined)).toMatchObject({ reason: 'CORRUPT' });
  });

  it('inspects a photo whatever its EXIF block holds', async () => {
    const photo = await scene(1, 64, 48).jpeg().toBuffer();
    // A block of up to 64 KB stands behind the two bytes that start a JPEG.
    const withExif = (block: Uint8Array) => {
      const head = Buffer.from('\xff\xe1\0\0Exif\0\0II*\0\x08\0\0\0', 'latin1');
      head.writeUInt16BE(head.length - 2 + block.length, 2);
      return Buffer.concat([photo.subarray(0, 2), head, block, photo.subarray(2)]);
    };
    const block = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.alloc(65_000, bytes)),
      fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.concat([Buffer.from([9, 0]), bytes])),
    );
    await fc.assert(
      fc.asyncProperty(block, async (bytes) => {
        const { details } = await inspected(withExif(bytes));
        expect(details).toMatchObject({ type: 'jpeg' });
      }),
      { numRuns: 20 },
    );
  });
});
