import { layOutText } from './letters.ts';
import { fractal, seededRandom, valueNoise } from './noise.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** The light and the ground of a picture. */
export interface Palette {
  readonly zenith: Colour;
  readonly horizon: Colour;
  readonly far: Colour;
  readonly near: Colour;
  readonly ground: Colour;
}

/** What can be seen in one picture; the same scene always gives the same pixels. */
export interface Scene {
  readonly seed: number;
  readonly palette: Palette;
  /** How jagged the far ridges are: 0 rolling hills, 1 peaks. */
  readonly jagged: number;
  readonly trees: boolean;
  readonly lake: boolean;
  readonly notice: readonly string[];
}

type Shade = (u: number, v: number) => Colour | undefined;

const mix = (a: Colour, b: Colour, t: number): Colour => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
const lighten = (colour: Colour, by: number): Colour => [colour[0] * by, colour[1] * by, colour[2] * by];

/** Paints a scene as upright RGB pixels. */
export function paintScene(scene: Scene, width: number, height: number): Uint8Array {
  const noise = valueNoise(scene.seed);
  // The first layer that has a colour for a point wins, so nearest come first.
  const layers = [
    noticeBoard(scene, width / height),
    ground(scene, noise),
    ...(scene.lake ? [lake(scene, noise)] : []),
    ...ridges(scene, noise, width),
  ];
  const sky = paintSky(scene, noise, width / height);
  const pixels = new Uint8ClampedArray(width * height * 3);
  let index = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = firstColour(layers, x / width, y / height) ?? sky(x / width, y / height);
      pixels[index] = colour[0];
      pixels[index + 1] = colour[1];
      pixels[index + 2] = colour[2];
      index += 3;
    }
  }
  return new Uint8Array(pixels.buffer);
}

function firstColour(layers: readonly Shade[], u: number, v: number): Colour | undefined {
  for (const layer of layers) {
    const colour = layer(u, v);
    if (colour) return colour;
  }
  return undefined;
}

function paintSky(
  scene: Scene,
  noise: (x: number, y: number) => number,
  aspect: number,
): (u: number, v: number) => Colour {
  const random = seededRandom(scene.seed + 5);
  const sunX = 0.15 + random() * 0.7;
  const sunY = 0.08 + random() * 0.14;
  const cover = 0.45 + random() * 0.2;
  return (u, v) => {
    const base = mix(scene.palette.zenith, scene.palette.horizon, Math.min(1, v / 0.55));
    const cloud = Math.max(0, Math.min(1, (fractal(noise, u * 5 + 3, v * 12, 4) - cover) * 4));
    const glow = Math.exp(-(((u - sunX) * aspect) ** 2 + (v - sunY) ** 2) * 160);
    return mix(mix(base, [250, 250, 250], cloud * 0.8), [255, 250, 225], glow);
  };
}

/** Four ridges, each nearer one lower in the picture, less hazy and, where there is forest, toothed with conifers. */
function ridges(scene: Scene, noise: (x: number, y: number) => number, width: number): Shade[] {
  return [3, 2, 1, 0].map((distance) => {
    const nearness = distance / 3;
    const rise = (0.16 + 0.1 * scene.jagged) * (1 - nearness * 0.65);
    const colour = mix(scene.palette.far, scene.palette.near, nearness);
    const line = Float32Array.from({ length: width + 1 }, (_, x) => {
      const u = x / width;
      const hill = fractal(noise, u * (2.5 + distance) + distance * 40, distance * 7, 2 + 3 * scene.jagged);
      return 0.36 + nearness * 0.22 - (hill - 0.35) * rise * 2 - teeth(scene, noise, u, distance);
    });
    return (u, v) => {
      const depth = v - (line[Math.round(u * width)] ?? 1);
      if (depth < 0) return undefined;
      const grain = fractal(noise, u * (60 + 90 * nearness), v * (90 + 60 * nearness), 3);
      const snow = scene.jagged > 0.7 && distance === 0 && depth < 0.06 * grain;
      return snow
        ? [240, 243, 248]
        : lighten(colour, 1 + (grain - 0.5) * (0.3 + 0.6 * nearness) - Math.min(0.15, depth));
    };
  });
}

function teeth(scene: Scene, noise: (x: number, y: number) => number, u: number, distance: number): number {
  if (!scene.trees || distance === 0) return 0;
  const perWidth = 170 - distance * 40;
  const place = u * perWidth;
  const tall = noise(Math.floor(place) * 3.7, distance * 11);
  return tall * 0.022 * distance * (1 - 2 * Math.abs(place - Math.floor(place) - 0.5));
}

function lake(scene: Scene, noise: (x: number, y: number) => number): Shade {
  return (u, v) => {
    const shore = 0.6 + 0.02 * noise(u * 6, 3);
    if (v < shore) return undefined;
    const ripple = fractal(noise, u * 25, v * 220, 3);
    return lighten(mix(scene.palette.horizon, scene.palette.zenith, (v - shore) * 2), 0.6 + 0.5 * ripple);
  };
}

/** Meadow in front, with a path that winds away from the viewer. */
function ground(scene: Scene, noise: (x: number, y: number) => number): Shade {
  const random = seededRandom(scene.seed + 9);
  const bend = (random() - 0.5) * 0.7;
  const top = scene.lake ? 0.76 : 0.64;
  return (u, v) => {
    const edge = top + 0.05 * (noise(u * 4, 77) - 0.5);
    if (v < edge) return undefined;
    const near = (v - edge) / (1 - edge);
    const middle = 0.5 + bend * (1 - near) + 0.05 * Math.sin(near * 7);
    const blades = fractal(noise, (u * 140) / (0.4 + near), (v * 60) / (0.4 + near), 4);
    const path = Math.abs(u - middle) < 0.015 + near * 0.12 + 0.02 * (blades - 0.5);
    return lighten(
      path ? [186, 160, 122] : scene.palette.ground,
      (path ? 0.75 : 0.5) + (path ? 0.4 : 0.9) * blades,
    );
  };
}

/** A board on two posts; its words tell whether the picture stands upright. */
function noticeBoard(scene: Scene, aspect: number): Shade {
  const text = layOutText(scene.notice);
  const left = 0.08 + seededRandom(scene.seed + 3)() * 0.3;
  const boardWidth = 0.44;
  const dot = boardWidth / (text.columns + 8);
  const dotHeight = dot * aspect;
  const boardHeight = dotHeight * (text.rows + 8);
  const top = 0.84 - boardHeight;
  return (u, v) => {
    const x = u - left;
    const y = v - top;
    if (x < 0 || x > boardWidth || y < 0 || v > 0.96) return undefined;
    if (y > boardHeight)
      return Math.abs(Math.abs(x - boardWidth / 2) - 0.16) < 0.01 ? [88, 66, 44] : undefined;
    const border = Math.min(x / dot, (boardWidth - x) / dot, y / dotHeight, (boardHeight - y) / dotHeight);
    if (border < 1.3) return [74, 52, 34];
    const ink = text.ink(Math.floor(x / dot - 4), Math.floor(y / dotHeight - 4));
    return ink ? [38, 48, 40] : [238, 228, 200];
  };
}
