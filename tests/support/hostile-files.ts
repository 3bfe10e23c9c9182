import { deflateSync } from 'node:zlib';
import type { RejectionReason } from '#contracts/photos.ts';
import { picture } from '../../workflows/imaging/test-pictures.ts';
import { animatedWebp, goodSize, landscape, landscapePhoto } from './pictures.ts';

/** What has to become of a file; one that is too small for some versions may be published by others. */
export type FileEnd = RejectionReason | 'PUBLISHED' | 'PUBLISHED or TOO_SMALL';

/** A file that somebody sends as a photo. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly end: FileEnd;
}

const text = (content: string) => Buffer.from(content, 'latin1');
const container = (brand: string) => text(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1${brand}${'\0'.repeat(64)}`);

/** A PNG chunk; its checksum is left at zero, which no decoder may be asked about before its size. */
const chunk = (type: string, data: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, text(type), data, Buffer.alloc(4)]);
};

/** A PNG whose header declares a giant and whose few bytes unpack to zeros. */
function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(100_000)))]);
}

/** A JPEG whose frame header lies about its size. */
function giantJpeg(jpeg: Buffer, side: number): Buffer {
  const bytes = Buffer.from(jpeg);
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(side, frame + 5);
  bytes.writeUInt16BE(side, frame + 7);
  return bytes;
}

/** Bytes that look random and are the same in every run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12345;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Every hostile input that we know how to make, and a few odd ones that are fine. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const { width, height } = goodSize;
  const jpeg = await landscapePhoto();
  const plain = await picture(width, height).jpeg().toBuffer();
  const png = await landscape().png({ compressionLevel: 1 }).toBuffer();
  const webp = await landscape().webp({ effort: 0 }).toBuffer();
  const ends = (end: FileEnd, files: Record<string, Buffer>): HostileFile[] =>
    Object.entries(files).map(([name, bytes]) => ({ name, bytes, end }));
  return [
    ...ends('UNSUPPORTED_TYPE', {
      SVG: text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'SVG with a foreign entity': text(
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
      ),
      GIF: await picture(64, 48).gif().toBuffer(),
      TIFF: await picture(64, 48).tiff().toBuffer(),
      HEIC: container('heic'),
      film: container('isom'),
      PDF: text('%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj'),
      PostScript: text('%!PS-Adobe-3.0\n(/etc/passwd) (r) file'),
      ZIP: text('PK\x03\x04\x14\0\0\0'),
      HTML: text('<!doctype html><script>alert(1)</script>'),
      program: text('\x7fELF\x02\x01\x01'),
      'ImageMagick script': text('push graphic-context\nfill url(https://example.com/x|ls)'),
      'one byte': text('x'),
      'random bytes': noise(50_000),
      zeros: Buffer.alloc(50_000),
    }),
    ...ends('CORRUPT', {
      'JPEG cut in half': jpeg.subarray(0, jpeg.length / 2),
      'JPEG of three bytes': Buffer.from([0xff, 0xd8, 0xff]),
      'PNG cut in half': png.subarray(0, png.length / 2),
      'WebP cut in half': webp.subarray(0, webp.length / 2),
      'JPEG start and random bytes': Buffer.concat([jpeg.subarray(0, 20), noise(20_000)]),
      'AVIF start and zeros': container('avif'),
    }),
    ...ends('TOO_MANY_PIXELS', {
      'PNG bomb': pngBomb(60_000, 60_000),
      'PNG of the largest numbers': pngBomb(0x7fffffff, 0x7fffffff),
      'JPEG that declares 60,000 x 60,000': giantJpeg(plain, 60_000),
    }),
    ...ends('PUBLISHED', {
      'animated WebP': await animatedWebp(width, height),
      'CMYK JPEG': await landscape(1).toColourspace('cmyk').jpeg().toBuffer(),
      'grey PNG of 16 bits': await landscape(2)
        .toColourspace('grey16')
        .png({ compressionLevel: 1 })
        .toBuffer(),
      'PNG with transparency': await landscape(3).ensureAlpha(0.5).png({ compressionLevel: 1 }).toBuffer(),
      AVIF: await landscape(4).avif({ effort: 0 }).toBuffer(),
      'JPEG with a program behind it': Buffer.concat([jpeg, text('<script>alert(1)</script>PK\x03\x04')]),
      'PNG sent as JPEG': png,
    }),
    ...ends('PUBLISHED or TOO_SMALL', {
      'picture of one pixel': await picture(1, 1).png().toBuffer(),
      'picture of one row': await picture(3000, 1).jpeg().toBuffer(),
    }),
  ];
}
