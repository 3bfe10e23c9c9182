import { ascii } from './identify.ts';

const copyrightTag = 0x8298;
const asciiType = 2;
const longest = 300;

/**
 * Finds the copyright notice in an EXIF block: the one thing of a photo's metadata that is kept.
 *
 * It stands in the first directory, so nothing else needs to be read and a broken block yields nothing.
 */
export function readCopyright(exif: Uint8Array | undefined): string | undefined {
  if (!exif) return undefined;
  const tiff = ascii(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  const order = ascii(tiff, 0, 2);
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return undefined;
  const entry = findEntry(tiff, order === 'II');
  return entry ? clean(Buffer.from(entry).toString('utf8')) : undefined;
}

function findEntry(tiff: Uint8Array, littleEndian: boolean): Uint8Array | undefined {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > tiff.length) return undefined;
  const count = view.getUint16(directory, littleEndian);
  for (let index = 0; index < count; index += 1) {
    const at = directory + 2 + index * 12;
    if (at + 12 > tiff.length) return undefined;
    const isCopyright =
      view.getUint16(at, littleEndian) === copyrightTag && view.getUint16(at + 2, littleEndian) === asciiType;
    if (!isCopyright) continue;
    const length = view.getUint32(at + 4, littleEndian);
    const start = length <= 4 ? at + 8 : view.getUint32(at + 8, littleEndian);
    return tiff.subarray(start, start + length);
  }
  return undefined;
}

/** The photographer's and the editor's notice are parted by a zero byte; one line of text remains. */
function clean(text: string): string | undefined {
  const parts = text.split('\0').map((part) => part.replace(/\p{C}/gu, ' ').trim());
  const line = parts.filter((part) => part !== '').join('; ');
  return line === '' ? undefined : line.slice(0, longest);
}
