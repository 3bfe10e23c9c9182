import sharp from 'sharp';

interface Shapes {
  readonly ground: string;
  readonly blur: number;
  /** Centre, radii, degrees and colour of each ellipse. */
  readonly ellipses: readonly (readonly [number, number, number, number, number, string])[];
}

const shapes = {
  /** Explicit at some 90 %. */
  reject: {
    ground: '#4a3b35',
    blur: 10,
    ellipses: [
      [269, 594, 342, 229, 169, '#e8b89a'],
      [720, 553, 174, 308, 47, '#e8b89a'],
      [867, 398, 311, 99, 51, '#b5714e'],
      [813, 116, 143, 247, 171, '#e8b89a'],
      [435, 525, 102, 318, 58, '#f1c9b0'],
    ],
  },
  /** Explicit at some 65 %. */
  review: {
    ground: '#8a2f3a',
    blur: 20,
    ellipses: [
      [800, 230, 350, 150, 90, '#d9a07f'],
      [690, 210, 260, 150, 90, '#d9a07f'],
      [350, 650, 330, 340, 120, '#d9a07f'],
    ],
  },
} as const satisfies Record<string, Shapes>;

/**
 * A JPEG of blurred ellipses in skin tones, harmless to anybody but the local moderation model, which rejects one picture
 * of them and sends the other one to a ranger; scaled and compressed again as well.
 */
export function skinTones(outcome: keyof typeof shapes): Promise<Buffer> {
  const { ground, blur, ellipses } = shapes[outcome];
  const drawn = ellipses.map(
    ([x, y, rx, ry, degrees, colour]) =>
      `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" transform="rotate(${degrees} ${x} ${y})" fill="${colour}"/>`,
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><filter id="b"><feGaussianBlur stdDeviation="${blur}"/></filter>` +
    `<rect width="1200" height="900" fill="${ground}"/><g filter="url(#b)">${drawn.join('')}</g></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer();
}
