// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { uploadContentTypes, uploadLimits } from '#contracts/photos.ts';
import { messages } from '../messages.ts';
import { checkFile, limits } from './check-file.ts';
import { kindOf, sizeOf } from './image-header.ts';
import { uploadTypes } from './store.ts';

const words = messages.uploads.refused;
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const big = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, index) => (value / 256 ** (bytes - 1 - index)) & 255);
const little = (value: number, bytes: number) => big(value, bytes).reverse();
const join = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...latin1(part)] : part)));

const segment = (marker: number, body: number[]) => [0xff, marker, ...big(body.length + 2, 2), ...body];
const exif = segment(0xe1, [...latin1('Exif\0\0'), 0xff, 0xc0, 1, 2, 3]);
const sof = (width: number, height: number) =>
  segment(0xc2, [8, ...big(height, 2), ...big(width, 2), 3, 1, 0x22, 0]);
const jpeg = (width: number, height: number) =>
  join([0xff, 0xd8], exif, segment(0xc4, [0, 0]), sof(width, height), [0xff, 0xda]);
const png = (width: number, height: number) =>
  join('\x89PNG\r\n\x1a\n', big(13, 4), 'IHDR', big(width, 4), big(height, 4), [8, 2, 0, 0, 0]);
const webp = (chunk: string, body: number[]) =>
  join('RIFF', little(100, 4), 'WEBP', chunk, little(body.length, 4), body);
const lossless = (width: number, height: number) =>
  webp('VP8L', [0x2f, ...little((width - 1) | ((height - 1) << 14), 4)]);
const lossy = (width: number, height: number) =>
  webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2)]);
const extended = (width: number, height: number) =>
  webp('VP8X', [0, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)]);
const container = (major: string, ...brands: string[]) =>
  join(big(16 + brands.length * 4, 4), 'ftyp', major, big(0, 4), ...brands);
const ispe = (width: number, height: number) =>
  join(big(20, 4), 'ispe', big(0, 4), big(width, 4), big(height, 4));
const avif = (...sizes: [number, number][]) =>
  join(
    ...[container('avif', 'mif1'), ...sizes.map(([width, height]) => ispe(width, height))].map((part) => [
      ...part,
    ]),
  );

describe('the kind of a file', () => {
  it.each([
    ['jpeg', jpeg(10, 10)],
    ['png', png(10, 10)],
    ['webp', lossy(10, 10)],
    ['avif', avif([10, 10])],
    ['avif', container('mif1', 'miaf', 'avif')],
    ['heic', container('heic', 'mif1')],
    ['heic', container('mif1', 'heic')],
    ['video', container('isom', 'mp42')],
    ['unknown', container('mif1', 'abcd')],
    ['gif', latin1('GIF89a...')],
    ['pdf', latin1('%PDF-1.7')],
    ['tiff', latin1('II*\0....')],
    ['tiff', latin1('MM\0*....')],
    ['svg', latin1('<?xml version="1.0"?><svg xmlns="x">')],
    ['unknown', latin1('<html>')],
    ['unknown', new Uint8Array()],
    ['video', latin1('....ftyp')],
  ])('is %s by its first bytes', (kind, bytes) => {
    expect(kindOf(bytes)).toBe(kind);
  });
});

describe('the size of a picture', () => {
  it.each([
    ['jpeg', jpeg(4000, 3000)],
    ['png', png(4000, 3000)],
    ['webp', lossy(4000, 3000)],
    ['webp', lossless(4000, 3000)],
    ['webp', extended(4000, 3000)],
    ['avif', avif([160, 120], [4000, 3000], [32, 32])],
  ] as const)('is read from the header of a %s', (type, bytes) => {
    expect(sizeOf(type, bytes)).toEqual({ width: 4000, height: 3000 });
  });

  it('is read where the bytes are a part of a larger buffer', () => {
    const whole = new Uint8Array(64);
    whole.set(png(7, 9), 11);

    expect(sizeOf('png', whole.subarray(11))).toEqual({ width: 7, height: 9 });
  });

  it('is unknown when the header is cut off, wherever that is', () => {
    for (const [type, bytes] of [
      ['jpeg', jpeg(4, 3)],
      ['png', png(4, 3)],
      ['webp', extended(4, 3)],
    ] as const) {
      for (let length = 12; length < bytes.length; length++) {
        const size = sizeOf(type, bytes.slice(0, length));
        expect([undefined, 4]).toContain(size?.width);
      }
    }
  });

  it('is unknown for a segment without a length, instead of a walk without an end', () => {
    expect(sizeOf('jpeg', join([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0, 0]))).toBeUndefined();
  });
});

describe('checking a file', () => {
  const check = (bytes: Uint8Array<ArrayBuffer>, size = bytes.length) =>
    checkFile(new Blob([bytes, new Uint8Array(size - bytes.length)]));

  it.each([
    ['image/jpeg', jpeg(8000, 6000)],
    ['image/png', png(10_000, 5000)],
    ['image/webp', extended(100, 100)],
    ['image/avif', avif([6000, 4000])],
  ])('takes %s up to the limits, whatever it is called', async (contentType, bytes) => {
    await expect(check(bytes, limits.bytes)).resolves.toEqual({ ok: true, contentType });
  });

  it('refuses an empty file', async () => {
    await expect(check(new Uint8Array())).resolves.toMatchObject({ reason: 'EMPTY', message: words.EMPTY });
  });

  it('refuses one byte more than the form takes', async () => {
    await expect(check(jpeg(10, 10), limits.bytes + 1)).resolves.toMatchObject({ reason: 'TOO_LARGE' });
  });

  it('tells the owner of an iPhone how to send a JPEG', async () => {
    await expect(check(container('heic', 'mif1'))).resolves.toEqual({
      ok: false,
      reason: 'UNSUPPORTED_TYPE',
      message: words.UNSUPPORTED_TYPE.heic,
    });
  });

  it.each([
    [jpeg(10_000, 5001), '10000 x 5001, 51 megapixels. JPEG photos can have up to 50 megapixels'],
    [avif([6000, 4001]), '6000 x 4001, 25 megapixels. AVIF photos can have up to 24 megapixels'],
  ])('refuses more pixels than the workflow opens', async (bytes, text) => {
    const result = await check(bytes);

    expect(result).toMatchObject({ ok: false, reason: 'TOO_MANY_PIXELS' });
    expect(result).toHaveProperty('message', expect.stringContaining(text));
  });

  it('leaves a header it cannot read to the workflow', async () => {
    await expect(check(join([0xff, 0xd8, 0xff, 0xd9]))).resolves.toMatchObject({ ok: true });
  });

  it('refuses a file that vanished before it could be read', async () => {
    const file = new Blob(['x']);
    file.slice = () =>
      Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('NotReadable')) });

    await expect(checkFile(file)).resolves.toMatchObject({ reason: 'CORRUPT' });
  });

  it('has the limits and types of the contract', () => {
    expect(limits.bytes).toBe(uploadLimits.maxBytes);
    expect(uploadTypes).toEqual(uploadContentTypes);
  });
});
