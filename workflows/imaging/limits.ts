import type { PhotoType } from './identify.ts';

/**
 * Most pixels a photo may have, which bounds the memory of a worker.
 *
 * Measured peaks at the limit, Node included: JPEG 130 MB, progressive 260 to 400 MB (4:2:0, 4:4:4); PNG 180 MB,
 * interlaced 300 MB (16-bit with alpha 620 MB); WebP 120 MB, lossless 300 MB. AVIF decoders hold the whole picture
 * several times over, hence fewer pixels: 530 MB, 12-bit 680 MB.
 */
export const pixelLimits: Record<PhotoType, number> = {
  jpeg: 50_000_000,
  png: 50_000_000,
  webp: 50_000_000,
  avif: 24_000_000,
};
