import sharp, { type Exif } from 'sharp';
import { describe, expect, it } from 'vitest';
import { openExif } from './exif.ts';
import { camera, takenAt, takenNear } from './taken.ts';
import { picture } from './test-pictures.ts';

const yosemite = { lat: 37.7456, lng: -119.5936 };
const gps = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '37/1 44/1 4416/100',
  GPSLongitudeRef: 'W',
  GPSLongitude: '119/1 35/1 3696/100',
};

async function exifOf(exif: Exif) {
  const photo = await picture(8, 8).withExif(exif).jpeg().toBuffer();
  return openExif((await sharp(photo).metadata()).exif);
}

describe('takenAt', () => {
  it.each([
    ['the clock alone', '2026:06:01 10:24:36', undefined, '2026-06-01T10:24:36'],
    ['the offset too', '2026:06:01 10:24:36', '-07:00', '2026-06-01T10:24:36-07:00'],
    ['a leap day', '2024:02:29 00:00:00', '+05:45', '2024-02-29T00:00:00+05:45'],
    ['no offset that is none', '2026:06:01 10:24:36', '99:00', '2026-06-01T10:24:36'],
    ['nothing of zeros', '0000:00:00 00:00:00', undefined, undefined],
    ['nothing of a day that is not', '2026:02:29 10:00:00', undefined, undefined],
    ['nothing of an hour that is not', '2026:02:28 24:00:00', undefined, undefined],
    ['nothing of words', 'yesterday', '-07:00', undefined],
  ])('says %s', async (_name, time, offset, expected) => {
    const exif = await exifOf({
      IFD2: { DateTimeOriginal: time, ...(offset && { OffsetTimeOriginal: offset }) },
    });
    expect(takenAt(exif)).toBe(expected);
  });
});

describe('camera', () => {
  it.each([
    ['joins maker and model', { Make: 'Apple', Model: 'iPhone 15' }, 'Apple iPhone 15'],
    ['names the maker once', { Make: 'NIKON CORPORATION', Model: 'NIKON D70' }, 'NIKON D70'],
    [
      'names the maker once who has more names',
      { Make: 'EASTMAN KODAK COMPANY', Model: 'KODAK CX7530' },
      'KODAK CX7530',
    ],
    ['takes the model alone', { Model: 'Phone 12' }, 'Phone 12'],
    ['takes the maker alone', { Make: 'Trailhead' }, 'Trailhead'],
    ['cuts what is long', { Make: 'x'.repeat(200), Model: 'y' }, 'x'.repeat(80)],
    ['finds nothing', { Artist: 'Rose' }, undefined],
  ])('%s', async (_name, IFD0, expected) => {
    expect(camera(await exifOf({ IFD0 }))).toBe(expected);
  });
});

describe('takenNear', () => {
  // A thousandth of a degree of latitude is 111 meters.
  it.each([
    ['at the place', 0, 1, true],
    ['just within', 0.01798, 2000, true],
    ['just outside', 0.018, 2000, false],
    ['on the other side of the earth', 40, 2000, false],
  ])('tells a photo taken %s', async (_name, north, meters, expected) => {
    const place = { ...yosemite, lat: yosemite.lat + north };
    expect(takenNear(await exifOf({ IFD3: gps }), place, meters)).toBe(expected);
  });

  it('knows south and east', async () => {
    const exif = await exifOf({ IFD3: { ...gps, GPSLatitudeRef: 'S', GPSLongitudeRef: 'E' } });
    expect(takenNear(exif, { lat: -37.7456, lng: 119.5936 }, 10)).toBe(true);
    expect(takenNear(exif, yosemite, 10)).toBe(false);
  });

  it('finds the place across the date line', async () => {
    const exif = await exifOf({
      IFD3: { ...gps, GPSLatitude: '0/1 0/1 0/1', GPSLongitude: '179/1 59/1 5999/100' },
    });
    expect(takenNear(exif, { lat: 0, lng: 179.9999 }, 100)).toBe(true);
  });

  it.each([
    ['nothing of the place', {}],
    ['a fraction by zero', { ...gps, GPSLatitude: '37/0 44/1 4416/100' }],
    ['too many degrees', { ...gps, GPSLatitude: '91/1 0/1 0/1' }],
    ['half a place', { GPSLatitudeRef: 'N', GPSLatitude: gps.GPSLatitude }],
    ['no hemisphere', { GPSLatitude: gps.GPSLatitude, GPSLongitude: gps.GPSLongitude }],
    [
      'the zeros of a camera without reception',
      { ...gps, GPSLatitude: '0/1 0/1 0/1', GPSLongitude: '0/1 0/1 0/1' },
    ],
  ])('says nothing when the photo says %s', async (_name, IFD3) => {
    expect(takenNear(await exifOf({ IFD0: { Make: 'x' }, IFD3 }), yosemite, 2000)).toBeUndefined();
  });
});
