import { type Dimensions, larger } from './dimensions.ts';
import { ascii } from './identify.ts';

interface Box {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Boxes an AVIF nests its picture sizes in, with the bytes that stand before their children. */
const containers: Record<string, number> = { meta: 4, iprp: 0, ipco: 0 };

/** Finds the largest picture size (`ispe`) among the properties of an AVIF's items. */
export function avifDimensions(bytes: Uint8Array): Dimensions | undefined {
  return largestIn(bytes, 0, bytes.length);
}

function largestIn(bytes: Uint8Array, from: number, to: number): Dimensions | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found: Dimensions | undefined;
  for (const box of boxes(bytes, from, to)) {
    const before = containers[box.name];
    if (before !== undefined) found = larger(found, largestIn(bytes, box.from + before, box.to));
    if (box.name === 'ispe' && box.from + 12 <= box.to)
      found = larger(found, { width: view.getUint32(box.from + 4), height: view.getUint32(box.from + 8) });
  }
  return found;
}

function* boxes(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  while (at + 8 <= to) {
    const size32 = view.getUint32(at);
    const long = size32 === 1 && at + 16 <= to;
    const size = long ? Number(view.getBigUint64(at + 8)) : size32 === 0 ? to - at : size32;
    const head = long ? 16 : 8;
    if (size < head) return;
    yield { name: ascii(bytes, at + 4, at + 8), from: at + head, to: Math.min(at + size, to) };
    at += size;
  }
}
