import type { PhotoType } from './identify.ts';

/** Most pixels a photo may have. AVIF decoders hold the whole picture several times over, hence fewer. */
export const pixelLimits: Record<PhotoType, number> = {
  jpeg: 50_000_000,
  png: 50_000_000,
  webp: 50_000_000,
  avif: 24_000_000,
};
