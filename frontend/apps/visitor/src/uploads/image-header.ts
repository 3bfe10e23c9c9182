/** The picture types that the workflow takes. */
export type PhotoType = 'jpeg' | 'png' | 'webp' | 'avif';

/** What the first bytes of a file say it is; the foreign kinds are told apart so that the answer can help. */
export type FileKind = PhotoType | 'heic' | 'gif' | 'svg' | 'tiff' | 'pdf' | 'video' | 'unknown';

const latin1 = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const AVIF_BRANDS = new Set(['avif', 'avis']);
// General brands of the HEIF container: the compatible brands that follow say what is in it.
const CONTAINER_BRANDS = new Set(['mif1', 'mif2', 'msf1', 'miaf']);

/** Tells the kind by the bytes, as the workflow does: neither the name nor what the browser claims counts. */
export function kindOf(bytes: Uint8Array): FileKind {
  const start = latin1(bytes, 0, 1024);
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'webp';
  if (start.slice(4, 8) === 'ftyp') return containerKind(bytes);
  if (start.startsWith('GIF8')) return 'gif';
  if (start.startsWith('%PDF')) return 'pdf';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  return /<svg[\s>]/i.test(start) ? 'svg' : 'unknown';
}

function containerKind(bytes: Uint8Array): FileKind {
  const brands = brandsOf(bytes);
  const major = brands[0] ?? '';
  if (AVIF_BRANDS.has(major)) return 'avif';
  if (HEIC_BRANDS.has(major)) return 'heic';
  if (!CONTAINER_BRANDS.has(major)) return 'video';
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  return brands.some((brand) => HEIC_BRANDS.has(brand)) ? 'heic' : 'unknown';
}

/** The major brand of an ISO media file and the compatible ones after it. */
function brandsOf(bytes: Uint8Array): string[] {
  const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 512);
  const brands = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4));
  return brands;
}

export interface Size {
  width: number;
  height: number;
}

/** Reads width and height from the header, when they stand in the bytes given. */
export function sizeOf(type: PhotoType, bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (type === 'jpeg') return jpegSize(view);
    if (type === 'png') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (type === 'webp') return webpSize(view, latin1(bytes, 12, 16));
    return avifSize(view);
  } catch {
    // The header goes on beyond the bytes given, or it lies about its own lengths: the workflow will say.
    return undefined;
  }
}

/** Walks the segments to the frame header (SOF0..SOF15 but DHT, JPG and DAC). */
function jpegSize(view: DataView): Size | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
    } else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else {
      at += 2 + view.getUint16(at + 2);
    }
  }
  return undefined;
}

function webpSize(view: DataView, chunk: string): Size | undefined {
  if (chunk === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8X') return undefined;
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  return { width: uint24(24) + 1, height: uint24(27) + 1 };
}

/** Behind the meta box come coded pixels, in which any four letters may stand by chance. */
const AVIF_META_BYTES = 4096;

/** The largest picture the file declares (`ispe`): the main one is never smaller than its thumbnail. */
function avifSize(view: DataView): Size | undefined {
  const end = Math.min(view.byteLength, AVIF_META_BYTES);
  let largest: Size | undefined;
  for (let at = 4; at + 16 <= end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
