import { ascii } from './identify.ts';

/** Number and size in bytes of the EXIF types that we read. */
const types = { ascii: 2, long: 4, rational: 5 } as const;
const longestText = 300;

/** One list of tags in an EXIF block. */
export interface ExifDirectory {
  /** One line of printable text; the parts of a text in several parts are parted by semicolons. */
  text(tag: number): string | undefined;
  /** As many fractions as asked for, or nothing. */
  rationals(tag: number, count: number): number[] | undefined;
  /** The directory that a tag points to. */
  directory(tag: number): ExifDirectory | undefined;
}

/**
 * Opens the first directory of an EXIF block, which may be anything.
 *
 * Reads only the tags it is asked for and only as much of each as is kept, so that a block that claims billions of
 * values or whose directories form a ring costs no more than any other: a reader that parses every tag needs seconds
 * and most of a gigabyte for 64 KB of such claims.
 */
export function openExif(exif: Uint8Array | undefined): ExifDirectory | undefined {
  if (!exif) return undefined;
  const tiff = ascii(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  const order = ascii(tiff, 0, 2);
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  return directoryAt(view, order === 'II', view.getUint32(4, order === 'II'));
}

function directoryAt(view: DataView, little: boolean, from: number): ExifDirectory | undefined {
  if (from + 2 > view.byteLength) return undefined;
  const last = Math.min(from + 2 + view.getUint16(from, little) * 12, view.byteLength - 11);
  const entry = (tag: number, type: number): { count: number; at: number } | undefined => {
    for (let at = from + 2; at < last; at += 12) {
      if (view.getUint16(at, little) !== tag || view.getUint16(at + 2, little) !== type) continue;
      return { count: view.getUint32(at + 4, little), at: at + 8 };
    }
    return undefined;
  };
  return {
    text: (tag) => {
      const found = entry(tag, types.ascii);
      if (!found) return undefined;
      const start = found.count <= 4 ? found.at : view.getUint32(found.at, little);
      return line(view, start, found.count);
    },
    rationals: (tag, count) => {
      const found = entry(tag, types.rational);
      return found?.count === count
        ? rationals(view, little, view.getUint32(found.at, little), count)
        : undefined;
    },
    directory: (tag) => {
      const found = entry(tag, types.long);
      return found?.count === 1 ? directoryAt(view, little, view.getUint32(found.at, little)) : undefined;
    },
  };
}

function line(view: DataView, start: number, count: number): string | undefined {
  const from = Math.min(start, view.byteLength);
  // Four bytes are the most that a character takes.
  const length = Math.min(count, longestText * 4, view.byteLength - from);
  const text = Buffer.from(view.buffer, view.byteOffset + from, length).toString('utf8');
  const parts = text.split('\0').map((part) => part.replace(/[\p{C}\s]+/gu, ' ').trim());
  const joined = parts.filter((part) => part !== '').join('; ');
  return joined === '' ? undefined : joined.slice(0, longestText).toWellFormed();
}

function rationals(view: DataView, little: boolean, start: number, count: number): number[] | undefined {
  if (start + count * 8 > view.byteLength) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * 8;
    return view.getUint32(at, little) / view.getUint32(at + 4, little);
  });
}
