import type { PhotoDetails, RejectionReason } from '#contracts/photos.ts';
import type { Dimensions } from './dimensions.ts';
import type { ForeignKind, PhotoType } from './identify.ts';

/** Why a file was refused: a business outcome, with words for the visitor who sent it. */
export interface Rejection {
  readonly outcome: 'rejected';
  readonly reason: RejectionReason;
  readonly message: string;
  /** What was found out before it was refused. */
  readonly details?: PhotoDetails;
}

const foreignMessages: Record<ForeignKind, (accepted: string) => string> = {
  heic: () =>
    'This photo is an iPhone HEIC, which most browsers cannot show. Choose "Most Compatible" under ' +
    'Settings > Camera > Formats, or share the photo as JPEG, and send it again.',
  gif: (accepted) => `This file is a GIF, which holds too few colours for a photo. Please send ${accepted}.`,
  svg: (accepted) => `This file is an SVG drawing, which could carry hidden code. Please send ${accepted}.`,
  tiff: (accepted) =>
    `This file is a TIFF, which browsers cannot show. Please export it and send ${accepted}.`,
  pdf: (accepted) => `This file is a PDF document. Please send ${accepted}, for example a photo of the page.`,
  video: (accepted) => `This file is a video. Please send ${accepted}, for example a picture taken from it.`,
  unknown: (accepted) => `This file is not a picture we know. Please send ${accepted}.`,
};

export const emptyFile: Rejection = {
  outcome: 'rejected',
  reason: 'EMPTY',
  message: 'This file arrived empty. Please choose the photo again and send it once more.',
};

export const damagedFile: Rejection = {
  outcome: 'rejected',
  reason: 'CORRUPT',
  message:
    'This photo arrived damaged or incomplete and cannot be opened. Please check that it opens on your device, ' +
    'then send it again.',
};

const typeNames: Record<PhotoType, string> = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', avif: 'AVIF' };
const alternatives = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** "a JPEG, PNG, WebP or AVIF photo" */
function onePhotoOf(types: readonly PhotoType[]): string {
  return `${types[0] === 'avif' ? 'an' : 'a'} ${alternatives.format(types.map((type) => typeNames[type]))} photo`;
}

/** Refuses a file whose bytes are not those of a photo that we can open. */
export function foreignFile(kind: ForeignKind, types: readonly PhotoType[]): Rejection {
  return {
    outcome: 'rejected',
    reason: 'UNSUPPORTED_TYPE',
    message: foreignMessages[kind](onePhotoOf(types)),
  };
}

/** Refuses a photo that we could open, but whose type is not asked for. */
export function unwantedType(type: PhotoType, types: readonly PhotoType[]): Rejection {
  return {
    outcome: 'rejected',
    reason: 'UNSUPPORTED_TYPE',
    message: `${typeNames[type]} photos are not taken here. Please send ${onePhotoOf(types)}.`,
  };
}

/** Refuses a photo that would look poor on a large screen. */
export function tooSmall({ width, height }: Dimensions, shortSide: number): Rejection {
  return {
    outcome: 'rejected',
    reason: 'TOO_SMALL',
    message:
      `Too small for the map: ${width} x ${height}. Photos need at least ${shortSide} pixels on the short side. ` +
      'Please send the photo as it was taken, not a smaller copy.',
  };
}

/** Refuses a picture of more pixels than can be opened in bounded memory. */
export function tooManyPixels({ width, height }: Dimensions, type: PhotoType, limit: number): Rejection {
  const megapixels = (pixels: number) => Math.ceil(pixels / 1_000_000).toLocaleString('en');
  return {
    outcome: 'rejected',
    reason: 'TOO_MANY_PIXELS',
    message:
      `This picture is too large: ${width} x ${height}, ${megapixels(width * height)} megapixels. ` +
      `${type.toUpperCase()} photos can have up to ${megapixels(limit)} megapixels; please send a smaller copy.`,
  };
}
