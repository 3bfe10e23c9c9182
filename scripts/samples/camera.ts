import type { Exif } from 'sharp';
import type { Sample } from './catalogue.ts';

/** How a camera lay in the hand: the EXIF orientation, 1 to 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Lays upright RGB pixels out as a camera with this orientation would store them. */
export function store(
  upright: Uint8Array,
  width: number,
  height: number,
  orientation: Orientation,
): { pixels: Uint8Array; size: { width: number; height: number } } {
  const turned = orientation >= 5;
  const size = turned ? { width: height, height: width } : { width, height };
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const pixels = new Uint8Array(upright.length);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const [ux, uy] = sourceOf(x, y, size, { turned, mirrorX, mirrorY });
      const to = (y * size.width + x) * 3;
      const from = (uy * width + ux) * 3;
      pixels[to] = upright[from] ?? 0;
      pixels[to + 1] = upright[from + 1] ?? 0;
      pixels[to + 2] = upright[from + 2] ?? 0;
    }
  }
  return { pixels, size };
}

/** Where in the upright picture the stored pixel (x, y) comes from, by the table of EXIF 2.32, section 4.6.4. */
function sourceOf(
  x: number,
  y: number,
  size: { width: number; height: number },
  { turned, mirrorX, mirrorY }: { turned: boolean; mirrorX: boolean; mirrorY: boolean },
): [number, number] {
  const mx = mirrorX ? size.width - 1 - x : x;
  const my = mirrorY ? size.height - 1 - y : y;
  return turned ? [my, mx] : [mx, my];
}

/** What a phone writes beside the pixels, the place of the photo above all. */
export function cameraExif({ place, copyright }: Sample, seed: number): Exif {
  const day = String((seed % 27) + 1).padStart(2, '0');
  const taken = `2026:06:${day} 1${seed % 10}:24:36`;
  return {
    IFD0: {
      Make: 'Trailhead',
      Model: seed % 2 ? 'Phone 12' : 'Compact 24',
      DateTime: taken,
      ...(copyright ? { Copyright: copyright } : {}),
    },
    IFD2: { DateTimeOriginal: taken, ExposureTime: '1/250', FNumber: '28/10', ISOSpeedRatings: '80' },
    IFD3: {
      GPSLatitudeRef: place.latitude >= 0 ? 'N' : 'S',
      GPSLatitude: degrees(place.latitude),
      GPSLongitudeRef: place.longitude >= 0 ? 'E' : 'W',
      GPSLongitude: degrees(place.longitude),
    },
  };
}

function degrees(value: number): string {
  const seconds = Math.round(Math.abs(value) * 360_000);
  return `${Math.floor(seconds / 360_000)}/1 ${Math.floor((seconds % 360_000) / 6000)}/1 ${seconds % 6000}/100`;
}
