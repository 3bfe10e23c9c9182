import type { Palette } from './scene.ts';

/** Light and ground by time of day, weather and land. */
export const palettes = {
  noon: {
    zenith: [58, 122, 205],
    horizon: [186, 214, 236],
    far: [122, 146, 170],
    near: [62, 92, 58],
    ground: [112, 140, 66],
  },
  dawn: {
    zenith: [92, 104, 164],
    horizon: [250, 196, 150],
    far: [150, 126, 150],
    near: [62, 58, 72],
    ground: [104, 98, 70],
  },
  dusk: {
    zenith: [40, 44, 92],
    horizon: [236, 128, 92],
    far: [104, 72, 104],
    near: [34, 34, 48],
    ground: [66, 66, 52],
  },
  overcast: {
    zenith: [150, 160, 172],
    horizon: [206, 210, 214],
    far: [150, 160, 164],
    near: [70, 88, 74],
    ground: [98, 112, 76],
  },
  autumn: {
    zenith: [86, 138, 200],
    horizon: [222, 226, 224],
    far: [166, 142, 132],
    near: [168, 92, 36],
    ground: [158, 122, 56],
  },
  desert: {
    zenith: [42, 112, 190],
    horizon: [232, 216, 190],
    far: [196, 140, 112],
    near: [184, 98, 58],
    ground: [206, 156, 104],
  },
  winter: {
    zenith: [112, 148, 192],
    horizon: [226, 232, 240],
    far: [172, 186, 204],
    near: [88, 104, 116],
    ground: [222, 228, 236],
  },
} as const satisfies Record<string, Palette>;
