import { decode, type PhotoHeader, type Pixels, readHeader } from './decode.ts';
import { readDimensions } from './dimensions.ts';
import { identify, type PhotoType, photoTypes } from './identify.ts';
import { pixelLimits } from './limits.ts';
import {
  damagedFile,
  emptyFile,
  foreignFile,
  type Rejection,
  tooManyPixels,
  unwantedType,
} from './rejection.ts';

/** A file whose header is that of an accepted photo; its pixels are still to be decoded. */
export interface OpenedPhoto {
  readonly outcome: 'opened';
  readonly type: PhotoType;
  readonly header: PhotoHeader;
}

/** Looks at a file's bytes in the order of what it costs, up to its header, and refuses what is no photo. */
export async function openPhoto(
  bytes: Uint8Array,
  types: readonly PhotoType[] = photoTypes,
): Promise<OpenedPhoto | Rejection> {
  if (bytes.length === 0) return emptyFile;
  const identity = identify(bytes);
  if (!identity.accepted) return foreignFile(identity.kind, types);
  const { type } = identity;
  if (!types.includes(type)) return unwantedType(type, types);
  const declared = readDimensions(type, bytes);
  if (!declared) return damagedFile;
  if (declared.width * declared.height > pixelLimits[type])
    return tooManyPixels(declared, type, pixelLimits[type]);
  const header = await unlessDamaged(readHeader(bytes, type));
  return header ? { outcome: 'opened', type, header } : damagedFile;
}

/** Decodes an opened photo, reduced by `scale`; `undefined` means that it is damaged. */
export function decodePhoto(
  bytes: Uint8Array,
  { type, header }: OpenedPhoto,
  scale: number,
): Promise<Pixels | undefined> {
  return unlessDamaged(decode(bytes, type, header, Math.min(1, scale)));
}

/** Here the bytes are on trial, so an error means that they are damaged. */
async function unlessDamaged<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isOurs(error)) throw error;
    return undefined;
  }
}

/** Memory that ran out and files that cannot be written say nothing about the photo. */
function isOurs(error: unknown): boolean {
  return (
    error instanceof Error &&
    ('code' in error || /out of memory|unable to (malloc|allocate)/i.test(error.message))
  );
}
