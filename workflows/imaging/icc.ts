import { ascii } from './identify.ts';

/** Where the sRGB primaries lie (XYZ under D50), as its profiles state them. */
const primaries = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
} as const;
const curves = ['rTRC', 'gTRC', 'bTRC'] as const;
/** What the sRGB curve makes of one half. */
const middle = 0.214;
// Makers round the numbers and use shorter curves: differences below one step of 8 bits.
const tolerance = 0.003;

/**
 * Tells whether a colour profile is that of sRGB, by its numbers, since its name can be anything.
 *
 * Such pixels need no conversion, which would cost more than half as much as decoding them.
 */
export function isSrgbProfile(profile: Uint8Array | undefined): boolean {
  if (!profile || profile.length < 132 || ascii(profile, 16, 20) !== 'RGB ') return false;
  const tags = readTags(profile);
  // A profile with a table does not go by its primaries.
  if (tags.has('A2B0')) return false;
  const samePrimaries = Object.entries(primaries).every(([name, expected]) => {
    const tag = tags.get(name);
    return tag && tag.byteLength >= 20 && expected.every((value, at) => near(fixed(tag, 8 + at * 4), value));
  });
  return samePrimaries && curves.every((name) => near(valueAtHalf(tags.get(name)), middle));
}

function readTags(profile: Uint8Array): Map<string, DataView> {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  const tags = new Map<string, DataView>();
  const count = Math.min(view.getUint32(128), Math.floor((profile.length - 132) / 12));
  for (let index = 0; index < count; index += 1) {
    const at = 132 + index * 12;
    const [start, size] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (start + size > profile.length) continue;
    tags.set(ascii(profile, at, at + 4), new DataView(profile.buffer, profile.byteOffset + start, size));
  }
  return tags;
}

/** Evaluates a curve at one half; NaN for a kind that no sRGB profile uses. */
function valueAtHalf(tag: DataView | undefined): number {
  if (!tag || tag.byteLength < 14) return Number.NaN;
  const kind = tag.getUint32(0);
  if (kind === 0x63757276) return sampledAtHalf(tag);
  if (kind !== 0x70617261 || tag.getUint16(8) !== 3 || tag.byteLength < 32) return Number.NaN;
  const [gamma, a, b] = [fixed(tag, 12), fixed(tag, 16), fixed(tag, 20)];
  return (a * 0.5 + b) ** gamma;
}

function sampledAtHalf(tag: DataView): number {
  const count = tag.getUint32(8);
  if (count < 16 || tag.byteLength < 12 + count * 2) return Number.NaN;
  const position = (count - 1) / 2;
  const sample = (index: number) => tag.getUint16(12 + index * 2) / 65_535;
  return (sample(Math.floor(position)) + sample(Math.ceil(position))) / 2;
}

function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65_536;
}

function near(value: number, expected: number): boolean {
  return Math.abs(value - expected) < tolerance;
}
