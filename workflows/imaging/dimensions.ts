import { avifDimensions } from './avif.ts';
import type { PhotoType } from './identify.ts';
import { ascii } from './identify.ts';

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the largest picture a file declares, without decoding anything.
 *
 * A decoder reserves memory for what the header says, so the pixel limit is checked on these numbers first.
 * `undefined` means that the file has no readable header: it is damaged.
 */
export function readDimensions(type: PhotoType, bytes: Uint8Array): Dimensions | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = {
    jpeg: () => jpegDimensions(view),
    png: () => pngDimensions(view),
    webp: () => webpDimensions(bytes, view),
    avif: () => avifDimensions(bytes),
  }[type]();
  return dimensions && dimensions.width > 0 && dimensions.height > 0 ? dimensions : undefined;
}

/** The larger of two pictures by area; header fields contradict each other in hostile files. */
export function larger(a: Dimensions | undefined, b: Dimensions | undefined): Dimensions | undefined {
  if (!a || !b) return a ?? b;
  return b.width * b.height > a.width * a.height ? b : a;
}

/** Walks the markers as libjpeg does, garbage between them included, up to the frame header. */
function jpegDimensions(view: DataView): Dimensions | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) {
      at += 1;
      continue;
    }
    const marker = view.getUint8(at + 1);
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (marker === 0xff || marker === 0x00) at += 1;
    else if (standsAlone) at += 2;
    else if (marker === 0xd9 || marker === 0xda) return undefined;
    else if (isFrameHeader(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function pngDimensions(view: DataView): Dimensions | undefined {
  // The format demands that IHDR comes first, and decoders refuse anything else.
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function webpDimensions(bytes: Uint8Array, view: DataView): Dimensions | undefined {
  let found: Dimensions | undefined;
  let at = 12;
  while (at + 18 <= bytes.length) {
    const name = ascii(bytes, at, at + 4);
    found = larger(found, webpChunk(name, view, at + 8));
    // A frame of an animation holds chunks of its own behind 16 bytes; those are pictures too.
    const size = name === 'ANMF' ? 16 : view.getUint32(at + 4, true);
    at += 8 + size + (size % 2);
  }
  return found;
}

function webpChunk(name: string, view: DataView, at: number): Dimensions | undefined {
  if (at + 10 > view.byteLength) return undefined;
  const uint24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
  if (name === 'VP8X') return { width: uint24(at + 4) + 1, height: uint24(at + 7) + 1 };
  if (name === 'VP8 ')
    return { width: view.getUint16(at + 6, true) & 0x3fff, height: view.getUint16(at + 8, true) & 0x3fff };
  if (name !== 'VP8L' || view.getUint8(at) !== 0x2f) return undefined;
  const packed = view.getUint32(at + 1, true);
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
}
