import { openExif } from './exif.ts';

const copyrightTag = 0x8298;

/** Finds the copyright notice in an EXIF block: the one thing of a photo's metadata that its renditions keep. */
export function readCopyright(exif: Uint8Array | undefined): string | undefined {
  return openExif(exif)?.text(copyrightTag);
}
