import sharp, { type Exif, type Sharp } from 'sharp';

export type Colour = readonly [number, number, number];

/** Colours of the four corners as seen by a viewer. */
export const corners = {
  topLeft: [220, 30, 30],
  topRight: [30, 180, 30],
  bottomLeft: [30, 30, 220],
  bottomRight: [230, 230, 230],
} as const satisfies Record<string, Colour>;

/** Four quadrants of plain colour, so that turning and mirroring can be told apart. */
export function quadrants(
  width: number,
  height: number,
  [topLeft, topRight, bottomLeft, bottomRight]: readonly [Colour, Colour, Colour, Colour],
): Sharp {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const left = x < width / 2;
      const colour = y < height / 2 ? (left ? topLeft : topRight) : left ? bottomLeft : bottomRight;
      pixels.set(colour, (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** The upright picture of the four corners. */
export function picture(width = 64, height = 48): Sharp {
  const { topLeft, topRight, bottomLeft, bottomRight } = corners;
  return quadrants(width, height, [topLeft, topRight, bottomLeft, bottomRight]);
}

/** What a camera writes: the place and the owner above all. */
export const cameraExif: Exif = {
  IFD0: { Make: 'Trailhead', Model: 'Phone 12', Copyright: '(c) Ranger Rose' },
  IFD2: { DateTimeOriginal: '2026:06:01 10:24:36' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '37/1 44/1 4416/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '119/1 35/1 3696/100',
  },
};

/** The colour of one point as stored, whatever the profile says, `u` and `v` from 0 to 1. */
export async function colourAt(encoded: Uint8Array, u: number, v: number): Promise<number[]> {
  const { data, info } = await sharp(encoded, { ignoreIcc: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.floor(v * info.height) * info.width + Math.floor(u * info.width)) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

/** The largest difference between two colours over their channels. */
export function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...b.map((value, index) => Math.abs(value - (a[index] ?? 0))));
}

/** A picture of soft shapes that is another one for each seed and the same in every run. */
export function scene(seed: number, width = 400, height = 300): Sharp {
  let state = seed;
  const cells = Uint8Array.from({ length: 9 * 7 * 3 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return sharp(cells, { raw: { width: 9, height: 7, channels: 3 } }).resize(width, height, {
    fit: 'fill',
    kernel: 'cubic',
  });
}
