import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { rejectionReasons } from '#contracts/photos.ts';
import { makeRenditions } from './make-renditions.ts';
import { picture } from './test-pictures.ts';

const types = ['jpeg', 'png', 'webp', 'avif'] as const;
const photos = new Map<string, Buffer>();
const photoOf = (type: string) => Buffer.from(photos.get(type) ?? []);

beforeAll(async () => {
  for (const type of types) photos.set(type, await picture(160, 120).toFormat(type).toBuffer());
  photos.set('progressive JPEG', await picture(160, 120).jpeg({ progressive: true }).toBuffer());
});

const container = (...brands: string[]) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 12 + brands.length * 4]),
    Buffer.from(`ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`, 'latin1'),
    Buffer.alloc(64),
  ]);

/** Some Samsung phones write a spectral selection of 0 to 0 into a baseline scan. */
function patchScan(bytes: Buffer): Buffer {
  const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
  bytes[scan + bytes.readUInt16BE(scan + 2)] = 0;
  return bytes;
}

function padBefore(bytes: Buffer, at: number): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([1, 2, 3, 4]), bytes.subarray(at)]);
}

describe('makeRenditions refuses', () => {
  it('a file of no bytes', async () => {
    // Act
    const result = await makeRenditions(new Uint8Array());

    // Assess
    expect(result).toMatchObject({ outcome: 'rejected', reason: 'EMPTY' });
  });

  it.each([
    ['GIF', Buffer.from('GIF89a\x01\0\x01\0'), /GIF/],
    [
      'SVG',
      Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      /SVG/,
    ],
    ['TIFF', Buffer.from('II*\0\x08\0\0\0', 'latin1'), /TIFF/],
    ['PDF', Buffer.from('%PDF-1.7\n'), /PDF/],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), /not a picture/],
    ['ZIP', Buffer.from('PK\x03\x04'), /not a picture/],
    ['text', Buffer.from('a'), /not a picture/],
    ['film', container('isom', 'iso2', 'avc1'), /video/],
    ['JPEG XL', Buffer.from([0xff, 0x0a, 0, 0]), /not a picture/],
    ['empty JPEG start', Buffer.from([0xff, 0xd8]), /not a picture/],
  ])('%s by its bytes', async (_name, bytes, words) => {
    // Act
    const result = await makeRenditions(bytes);

    // Assess
    expect(result).toMatchObject({ reason: 'UNSUPPORTED_TYPE', message: expect.stringMatching(words) });
  });

  it.each([
    [['heic', 'mif1', 'heic']],
    [['heix']],
    [['hevc']],
    [['mif1', 'mif1', 'heic']],
    [['msf1', 'hevc']],
  ])('HEIC of brands %s and says how to send JPEG', async (brands) => {
    // Act
    const result = await makeRenditions(container(...brands));

    // Assess
    expect(result).toMatchObject({
      reason: 'UNSUPPORTED_TYPE',
      message: expect.stringMatching(/HEIC.*JPEG/),
    });
  });

  it.each(['GIF', 'TIFF'])('a real %s even behind the name of another', async (type) => {
    // Act
    const result = await makeRenditions(
      await picture()
        .toFormat(type === 'GIF' ? 'gif' : 'tiff')
        .toBuffer(),
    );

    // Assess
    expect(result).toMatchObject({ reason: 'UNSUPPORTED_TYPE' });
  });

  it.each([...types, 'progressive JPEG'])('a truncated %s wherever it ends', async (type) => {
    // Prepare
    const whole = photoOf(type);

    for (const part of [0.05, 0.2, 0.5, 0.8, 0.95]) {
      // Act
      const result = await makeRenditions(whole.subarray(0, Math.max(16, Math.floor(whole.length * part))));

      // Assess
      expect(result, `${type} cut at ${part}`).toMatchObject({ outcome: 'rejected', reason: 'CORRUPT' });
    }
  });

  it('a JPEG whose picture data is noise', async () => {
    // Prepare
    const bytes = await picture(400, 300).jpeg({ quality: 100 }).toBuffer();
    for (let at = bytes.length >> 1; at < bytes.length - 200; at += 1) bytes[at] = (at * 37) % 251;

    // Act
    const result = await makeRenditions(bytes);

    // Assess
    expect(result).toMatchObject({ reason: 'CORRUPT' });
  });

  it.each([
    [
      'jpeg',
      (bytes: Buffer) =>
        bytes.fill(
          0xea,
          bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5,
          bytes.indexOf(Buffer.from([0xff, 0xc0])) + 9,
        ),
    ],
    ['png', (bytes: Buffer) => bytes.fill(0, 16, 24).fill(0xea, 18, 20).fill(0xea, 22, 24)],
    [
      'webp',
      (bytes: Buffer) =>
        bytes.fill(
          0x3f,
          bytes.indexOf(Buffer.from([0x9d, 1, 0x2a])) + 3,
          bytes.indexOf(Buffer.from([0x9d, 1, 0x2a])) + 7,
        ),
    ],
    [
      'avif',
      (bytes: Buffer) =>
        bytes
          .fill(0x20, bytes.indexOf('ispe') + 10, bytes.indexOf('ispe') + 12)
          .fill(0x20, bytes.indexOf('ispe') + 14, bytes.indexOf('ispe') + 16),
    ],
  ])('a %s whose header declares a giant, before any decoder sees it', async (type, patch) => {
    // Act
    const result = await makeRenditions(patch(photoOf(type)));

    // Assess
    expect(result).toMatchObject({ reason: 'TOO_MANY_PIXELS', message: expect.stringMatching(/megapixels/) });
  });

  it.each([
    ['png', 10_000, 5000, 'CORRUPT'],
    ['png', 10_000, 5001, 'TOO_MANY_PIXELS'],
    ['avif', 6000, 4000, 'CORRUPT'],
    ['avif', 6000, 4001, 'TOO_MANY_PIXELS'],
  ])('a %s that declares %i x %i as it should', async (type, width, height, reason) => {
    // Prepare
    const bytes = photoOf(type);
    const at = type === 'png' ? 16 : bytes.indexOf('ispe') + 8;
    bytes.writeUInt32BE(width, at);
    bytes.writeUInt32BE(height, at + 4);

    // Act
    const result = await makeRenditions(bytes);

    // Assess
    expect(result).toMatchObject({ reason });
  });

  it('a WebP whose canvas is a giant though its picture is small', async () => {
    // Prepare
    const bytes = await picture()
      .withExif({ IFD0: { Copyright: 'x' } })
      .webp()
      .toBuffer();
    bytes.fill(0x3f, bytes.indexOf('VP8X') + 12, bytes.indexOf('VP8X') + 18);

    // Act
    const result = await makeRenditions(bytes);

    // Assess
    expect(result).toMatchObject({ reason: 'TOO_MANY_PIXELS' });
  });

  it('an AVIF that is larger than it declares', async () => {
    // Prepare
    const bytes = photoOf('avif');
    bytes.writeUInt32BE(10, bytes.indexOf('ispe') + 8);
    bytes.writeUInt32BE(10, bytes.indexOf('ispe') + 12);

    // Act
    const result = await makeRenditions(bytes);

    // Assess
    expect(result).toMatchObject({ reason: 'CORRUPT' });
  });
});

describe('makeRenditions', () => {
  it.each([
    ['odd scan parameters', (bytes: Buffer) => patchScan(bytes)],
    [
      'padding between its segments',
      (bytes: Buffer) => padBefore(bytes, bytes.indexOf(Buffer.from([0xff, 0xc4]))),
    ],
    ['padding behind its end', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(500)])],
  ])('accepts a phone JPEG with %s, for the picture is whole', async (_name, bend) => {
    // Act
    const result = await makeRenditions(bend(photoOf('jpeg')));

    // Assess
    expect(result).toMatchObject({ outcome: 'made', width: 160, height: 120 });
  });

  it('re-encodes a picture that is also a program, and drops the program', async () => {
    // Prepare
    const program = '<script>alert(document.cookie)</script>PK\x03\x04';
    const polyglot = Buffer.concat([photoOf('jpeg'), Buffer.from(program)]);

    // Act
    const result = await makeRenditions(polyglot);

    // Assess
    expect(result.outcome).toBe('made');
    for (const { bytes } of result.outcome === 'made' ? result.renditions : [])
      expect(Buffer.from(bytes).includes('<script>')).toBe(false);
  });

  it('answers any bytes with an outcome', async () => {
    const heads = types.map((type) => photoOf(type).subarray(0, 40));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(Buffer.alloc(0), ...heads),
        fc.uint8Array({ maxLength: 300 }),
        async (head, tail) => {
          const result = await makeRenditions(Buffer.concat([head, tail]));
          expect(result.outcome).toBe('rejected');
          if (result.outcome === 'rejected') expect(rejectionReasons).toContain(result.reason);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('answers a damaged photo with an outcome', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
          minLength: 1,
          maxLength: 5,
        }),
        async (type, damage) => {
          const bytes = photoOf(type);
          for (const [place, value] of damage) bytes[Math.floor(place * bytes.length)] = value;
          const result = await makeRenditions(bytes);
          expect(['made', 'rejected']).toContain(result.outcome);
        },
      ),
      { numRuns: 60 },
    );
  });
});
