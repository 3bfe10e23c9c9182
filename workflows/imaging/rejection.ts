import type { RejectionReason } from '#contracts/photos.ts';
import type { Dimensions } from './dimensions.ts';
import type { ForeignKind, PhotoType } from './identify.ts';

/** Why a file was refused: a business outcome, with words for the visitor who sent it. */
export interface Rejection {
  readonly outcome: 'rejected';
  readonly reason: RejectionReason;
  readonly message: string;
}

const accepted = 'a JPEG, PNG, WebP or AVIF photo';

const foreignMessages: Record<ForeignKind, string> = {
  heic:
    'This photo is an iPhone HEIC, which most browsers cannot show. Choose "Most Compatible" under ' +
    'Settings > Camera > Formats, or share the photo as JPEG, and send it again.',
  gif: `This file is a GIF, which holds too few colours for a photo. Please send ${accepted}.`,
  svg: `This file is an SVG drawing, which could carry hidden code. Please send ${accepted}.`,
  tiff: `This file is a TIFF, which browsers cannot show. Please export it and send ${accepted}.`,
  pdf: `This file is a PDF document. Please send ${accepted}, for example a photo of the page.`,
  video: `This file is a video. Please send ${accepted}, for example a picture taken from it.`,
  unknown: `This file is not a picture we know. Please send ${accepted}.`,
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

/** Refuses a file whose bytes are not those of an accepted type. */
export function foreignFile(kind: ForeignKind): Rejection {
  return { outcome: 'rejected', reason: 'UNSUPPORTED_TYPE', message: foreignMessages[kind] };
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
