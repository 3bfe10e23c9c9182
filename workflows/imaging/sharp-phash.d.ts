declare module 'sharp-phash' {
  import type { SharpOptions } from 'sharp';

  /** Computes 64 binary digits; the package's own types miss that it is a CommonJS function. */
  export default function phash(image: Uint8Array, options?: SharpOptions): Promise<string>;
}
