import type { palettes } from './palettes.ts';

/** One sample photo: what it shows, and what its camera wrote beside the pixels. */
export interface Sample {
  readonly name: string;
  readonly notice: readonly string[];
  readonly look: {
    readonly palette: keyof typeof palettes;
    readonly jagged: number;
    readonly trees: boolean;
    readonly lake: boolean;
  };
  /** Size of the upright picture. */
  readonly size: { readonly width: number; readonly height: number };
  readonly place: { readonly latitude: number; readonly longitude: number };
  readonly copyright?: string;
}

const copyright = '(c) 2026 Friends of the Park';

/** Sixteen camera photos, 12 to 24 megapixels; the n-th is stored in EXIF orientation n modulo 8. */
export const cameraPhotos: readonly Sample[] = [
  {
    name: 'valley-trail-closed',
    notice: ['TRAIL CLOSED', 'ROCKFALL'],
    look: { palette: 'noon', jagged: 1, trees: true, lake: false },
    size: { width: 4032, height: 3024 },
    place: { latitude: 37.7456, longitude: -119.5936 },
    copyright,
  },
  {
    name: 'mirror-lake-no-swimming',
    notice: ['NO SWIMMING', 'COLD WATER'],
    look: { palette: 'noon', jagged: 1, trees: true, lake: true },
    size: { width: 4000, height: 3000 },
    place: { latitude: 37.7494, longitude: -119.5497 },
  },
  {
    name: 'redwood-loop-open',
    notice: ['REDWOOD LOOP', '1 MILE', 'OPEN'],
    look: { palette: 'overcast', jagged: 0, trees: true, lake: false },
    size: { width: 4624, height: 3472 },
    place: { latitude: 37.897, longitude: -122.5811 },
    copyright,
  },
  {
    name: 'ridge-fire-danger-high',
    notice: ['FIRE DANGER', 'HIGH'],
    look: { palette: 'desert', jagged: 0.3, trees: false, lake: false },
    size: { width: 6000, height: 4000 },
    place: { latitude: 37.9235, longitude: -122.5965 },
  },
  {
    name: 'canyon-rim-stay-back',
    notice: ['STAY BACK', 'STEEP EDGE'],
    look: { palette: 'desert', jagged: 0.6, trees: false, lake: false },
    size: { width: 3024, height: 4032 },
    place: { latitude: 36.0617, longitude: -112.1077 },
    copyright,
  },
  {
    name: 'coast-path-parking-full',
    notice: ['PARKING FULL', 'USE SHUTTLE'],
    look: { palette: 'dawn', jagged: 0, trees: false, lake: true },
    size: { width: 3024, height: 4032 },
    place: { latitude: 41.2132, longitude: -124.0046 },
  },
  {
    name: 'geyser-basin-boardwalk',
    notice: ['KEEP TO', 'BOARDWALK'],
    look: { palette: 'overcast', jagged: 0.3, trees: true, lake: false },
    size: { width: 3472, height: 4624 },
    place: { latitude: 44.4605, longitude: -110.8281 },
    copyright,
  },
  {
    name: 'meadow-bears-active',
    notice: ['BEARS ACTIVE', 'STORE FOOD'],
    look: { palette: 'autumn', jagged: 0.3, trees: true, lake: false },
    size: { width: 4000, height: 6000 },
    place: { latitude: 44.428, longitude: -110.5885 },
  },
  {
    name: 'summit-path-snow',
    notice: ['SNOW ABOVE', '9000 FEET'],
    look: { palette: 'winter', jagged: 1, trees: true, lake: false },
    size: { width: 4032, height: 3024 },
    place: { latitude: 40.3428, longitude: -105.6836 },
    copyright,
  },
  {
    name: 'bear-lake-sunset',
    notice: ['PARK CLOSES', 'AT SUNSET'],
    look: { palette: 'dusk', jagged: 1, trees: true, lake: true },
    size: { width: 5184, height: 3888 },
    place: { latitude: 40.312, longitude: -105.6459 },
  },
  {
    name: 'blue-ridge-overlook',
    notice: ['OVERLOOK', '2 MILES'],
    look: { palette: 'autumn', jagged: 0, trees: true, lake: false },
    size: { width: 5472, height: 3648 },
    place: { latitude: 35.6118, longitude: -83.4895 },
    copyright,
  },
  {
    name: 'marsh-bird-nesting',
    notice: ['BIRDS NESTING', 'NO DOGS'],
    look: { palette: 'dawn', jagged: 0, trees: false, lake: true },
    size: { width: 4032, height: 3024 },
    place: { latitude: 25.3953, longitude: -80.5831 },
  },
  {
    name: 'arch-trail-water',
    notice: ['NO WATER', 'ON TRAIL'],
    look: { palette: 'desert', jagged: 0.3, trees: false, lake: false },
    size: { width: 3024, height: 4032 },
    place: { latitude: 38.7436, longitude: -109.4993 },
    copyright,
  },
  {
    name: 'camp-loop-b-full',
    notice: ['CAMP LOOP B', 'FULL'],
    look: { palette: 'dusk', jagged: 0, trees: true, lake: false },
    size: { width: 3000, height: 4000 },
    place: { latitude: 44.3386, longitude: -68.2733 },
  },
  {
    name: 'harbor-walk-open',
    notice: ['HARBOR WALK', 'OPEN'],
    look: { palette: 'noon', jagged: 0, trees: false, lake: true },
    size: { width: 4000, height: 6000 },
    place: { latitude: 44.3876, longitude: -68.2039 },
    copyright,
  },
  {
    name: 'pass-road-icy',
    notice: ['ROAD ICY', 'DRIVE SLOWLY'],
    look: { palette: 'winter', jagged: 0.3, trees: true, lake: false },
    size: { width: 3888, height: 5184 },
    place: { latitude: 46.8523, longitude: -121.7603 },
  },
];

/** Smaller pictures of the other accepted types, as a website or an editor would give them. */
export const otherPictures: readonly (Sample & { readonly type: 'png' | 'webp' | 'avif' })[] = [
  {
    type: 'png',
    name: 'park-map-board',
    notice: ['YOU ARE HERE'],
    look: { palette: 'overcast', jagged: 0, trees: true, lake: true },
    size: { width: 1600, height: 1200 },
    place: { latitude: 37.897, longitude: -122.5811 },
  },
  {
    type: 'webp',
    name: 'picnic-area-open',
    notice: ['PICNIC AREA', 'OPEN'],
    look: { palette: 'noon', jagged: 0, trees: true, lake: false },
    size: { width: 2400, height: 1600 },
    place: { latitude: 44.3386, longitude: -68.2733 },
  },
  {
    type: 'avif',
    name: 'night-sky-program',
    notice: ['NIGHT SKY', 'TALK AT 8'],
    look: { palette: 'dusk', jagged: 1, trees: true, lake: false },
    size: { width: 1600, height: 1067 },
    place: { latitude: 38.7436, longitude: -109.4993 },
  },
];
