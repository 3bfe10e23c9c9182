/** The picture types that are published. */
export const photoTypes = ['jpeg', 'png', 'webp', 'avif'] as const;
export type PhotoType = (typeof photoTypes)[number];

/** What a file is by its bytes; its name and its declared content type are never asked. */
export type Identity = { accepted: true; type: PhotoType } | { accepted: false; kind: ForeignKind };

/** Files people send by mistake, told apart so that the answer can help. */
export type ForeignKind = 'heic' | 'gif' | 'svg' | 'tiff' | 'pdf' | 'video' | 'unknown';

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const avifBrands = new Set(['avif', 'avis']);
// General brands of the HEIF container: the compatible brands that follow say what is in it.
const containerBrands = new Set(['mif1', 'mif2', 'msf1', 'miaf']);

/** Recognises a file by its first bytes. */
export function identify(bytes: Uint8Array): Identity {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { accepted: true, type: 'jpeg' };
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return { accepted: true, type: 'png' };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP')
    return { accepted: true, type: 'webp' };
  if (ascii(bytes, 4, 8) === 'ftyp') return identifyContainer(bytes);
  return { accepted: false, kind: foreignKind(bytes) };
}

function identifyContainer(bytes: Uint8Array): Identity {
  const brands = brandsOf(bytes);
  const major = brands[0] ?? '';
  if (avifBrands.has(major)) return { accepted: true, type: 'avif' };
  if (heicBrands.has(major)) return { accepted: false, kind: 'heic' };
  if (!containerBrands.has(major)) return { accepted: false, kind: 'video' };
  if (brands.some((brand) => avifBrands.has(brand))) return { accepted: true, type: 'avif' };
  if (brands.some((brand) => heicBrands.has(brand))) return { accepted: false, kind: 'heic' };
  return { accepted: false, kind: 'unknown' };
}

function brandsOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(view.getUint32(0), bytes.length, 512);
  const brands = [ascii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(bytes, at, at + 4));
  return brands;
}

function foreignKind(bytes: Uint8Array): ForeignKind {
  const start = ascii(bytes, 0, 1024);
  if (start.startsWith('GIF8')) return 'gif';
  if (start.startsWith('%PDF')) return 'pdf';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  if (/<svg[\s>]/i.test(start)) return 'svg';
  return 'unknown';
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((value, index) => bytes[index] === value);
}

/** Reads bytes as Latin-1, so that each byte is one character. */
export function ascii(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}
