import sharp from 'sharp';
import { cameraExif, picture } from '../../workflows/imaging/test-pictures.ts';

/** A small JPEG as a phone writes it: with its place, its owner and, when asked for, turned. */
export function phonePhoto({ orientation = 1, width = 320, height = 240 } = {}): Promise<Buffer> {
  return picture(width, height)
    .withMetadata({ orientation })
    .withExifMerge(cameraExif)
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Frames of plain colours, as one animated WebP. */
export async function animatedWebp(): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width: 64, height: 48, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = await Promise.all(['#c00', '#0c0', '#00c'].map(frame));
  return sharp(frames, { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100, 100] })
    .toBuffer();
}
