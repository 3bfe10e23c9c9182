import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import type { Label } from '#contracts/photos.ts';

/** Where a picture is: an upright sRGB JPEG that we made, small and without metadata. */
export interface PictureReference {
  readonly bucket: string;
  readonly key: string;
}

/** What the functions that look at a photo take. */
export const pictureInput = z.object({
  photoId: ulidSchema,
  bucket: z.string().min(3),
  key: z.string().min(1).max(1024),
});
export type PictureInput = z.infer<typeof pictureInput>;

/** A label and how much it weighs: a mild one brings a photo to a ranger at most. */
export interface Finding extends Label {
  readonly mild?: boolean;
}

/** Recognises the things in a picture that one job is about, and nothing else. */
export interface ImageLabeler {
  label(picture: PictureReference): Promise<readonly Finding[]>;
}

/** The picture is not there, or nobody lets us read it; trying again cannot help. */
export class PictureMissing extends Error {
  override name = 'PictureMissing';
}

/**
 * A labeler whose engine is opened at its first picture and kept for all others; one that could not be opened is tried
 * again at the next.
 */
export function openedOnce(open: () => Promise<ImageLabeler>): ImageLabeler {
  let opened: Promise<ImageLabeler> | undefined;
  return {
    label: async (picture) => {
      opened ??= open();
      const labeler = await opened.catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return labeler.label(picture);
    },
  };
}
