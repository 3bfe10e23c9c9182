import sharp, { type Sharp } from 'sharp';
import { type Orientation, store } from '../../scripts/samples/camera.ts';
import { palettes } from '../../scripts/samples/palettes.ts';
import { paintScene } from '../../scripts/samples/scene.ts';
import { cameraExif, picture } from '../../workflows/imaging/test-pictures.ts';

/** A small JPEG as a phone writes it: with its place, its owner and, when asked for, turned. */
export function phonePhoto({ orientation = 1, width = 320, height = 240 } = {}): Promise<Buffer> {
  return picture(width, height)
    .withMetadata({ orientation })
    .withExifMerge(cameraExif)
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** The size of a good photo, upright. */
export const goodSize = { width: 1200, height: 900 } as const;

// Painted small and enlarged: painting is the slow part, and rules look at the whole.
const painted = { width: 240, height: 180 } as const;

/** A landscape that no rule of any workflow has anything against; another number is another picture. */
export function landscape(number = 0, orientation: Orientation = 1): Sharp {
  const looks = Object.values(palettes);
  const palette = looks[number % looks.length] ?? palettes.noon;
  const scene = {
    seed: (number + 1) * 7919,
    palette,
    jagged: (number % 5) / 4,
    trees: number % 2 === 0,
    lake: number % 3 === 0,
    notice: ['TRAIL', String(number)],
  };
  const upright = paintScene(scene, painted.width, painted.height);
  const { pixels, size } = store(upright, painted.width, painted.height, orientation);
  const [width, height] =
    orientation >= 5 ? [goodSize.height, goodSize.width] : [goodSize.width, goodSize.height];
  return sharp(pixels, { raw: { ...size, channels: 3 } }).resize(width, height, { fit: 'fill' });
}

/** A landscape as a phone writes it. */
export const landscapePhoto = (number = 0, orientation: Orientation = 1): Promise<Buffer> =>
  landscape(number, orientation)
    .withMetadata({ orientation })
    .withExifMerge(cameraExif)
    .jpeg({ quality: 85 })
    .toBuffer();

const pool: Promise<Buffer>[] = [];
let taken = 0;

/** A photo that every workflow publishes; the next call gives another one out of a dozen. */
export function goodPhoto(): Promise<Buffer> {
  const number = taken++ % 12;
  pool[number] ??= landscapePhoto(number);
  return pool[number];
}

/** Frames of plain colours, as one animated WebP. */
export async function animatedWebp(width = 64, height = 48): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = await Promise.all(['#c00', '#0c0', '#00c'].map(frame));
  return sharp(frames, { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100, 100] })
    .toBuffer();
}
