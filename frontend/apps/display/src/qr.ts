import { encodeQR } from 'qr';

export interface QrDrawing {
  /** Modules on a side, with the quiet zone. */
  readonly size: number;
  /** The dark modules as an SVG path, one unit a module. */
  readonly path: string;
}

/** Modules that stay light around the code, as ISO/IEC 18004 wants it. */
const QUIET_ZONE = 4;

/**
 * Draws a text as a QR code. Runs of dark modules are one shape each: single squares would show hair lines between
 * them where a screen does not divide evenly.
 */
export function drawQr(text: string): QrDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  return { size: rows.length, path: rows.map(pathOfRow).join('') };
}

function pathOfRow(row: readonly boolean[], y: number): string {
  const bits = row.map((dark) => (dark ? '1' : '0')).join('');
  return [...bits.matchAll(/1+/g)]
    .map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
    .join('');
}
