import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { cameraExif, type Orientation, store } from './samples/camera.ts';
import { cameraPhotos, otherPictures, type Sample } from './samples/catalogue.ts';
import { addGrain } from './samples/noise.ts';
import { palettes } from './samples/palettes.ts';
import { paintScene } from './samples/scene.ts';

/** A sample photo on disk; `width` and `height` are those of the upright picture. */
export interface SamplePhoto {
  readonly path: string;
  readonly type: 'jpeg' | 'png' | 'webp' | 'avif';
  readonly caption: string;
  readonly orientation: Orientation;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly latitude: number;
  readonly longitude: number;
}

// A scene is painted small and enlarged: nobody looks at the pixels, and painting is the slow part.
const paintedLongSide = 1000;

/**
 * Makes the sample photos that are not there yet and lists all of them, camera photos first.
 *
 * @param folder - where they go; it is created
 * @param count - how many camera photos; the other types come with the full set only
 */
export async function makeSamples({
  folder,
  count = cameraPhotos.length,
}: {
  folder: string;
  count?: number;
}): Promise<SamplePhoto[]> {
  await mkdir(folder, { recursive: true });
  const photos: SamplePhoto[] = [];
  for (const [index, sample] of cameraPhotos.slice(0, count).entries()) {
    const orientation = ((index % 8) + 1) as Orientation;
    const make = () => takePhoto(sample, index + 1, orientation);
    photos.push(await keep(folder, sample, 'jpeg', orientation, make));
  }
  if (count < cameraPhotos.length) return photos;
  for (const [index, picture] of otherPictures.entries()) {
    const make = () => savePicture(picture, index + 101);
    photos.push(await keep(folder, picture, picture.type, 1, make));
  }
  return photos;
}

async function keep(
  folder: string,
  sample: Sample,
  type: SamplePhoto['type'],
  orientation: Orientation,
  make: () => Promise<Uint8Array>,
): Promise<SamplePhoto> {
  const path = join(folder, `${sample.name}.${type === 'jpeg' ? 'jpg' : type}`);
  let bytes = (await stat(path).catch(() => undefined))?.size;
  if (!bytes) {
    const made = await make();
    // Written aside and renamed, so that a file with this name is always whole.
    await writeFile(`${path}.part`, made);
    await rename(`${path}.part`, path);
    bytes = made.length;
  }
  const caption = sample.notice.join(' ').toLowerCase();
  return { path, type, caption, orientation, bytes, ...sample.size, ...sample.place };
}

async function paint(sample: Sample, seed: number, orientation: Orientation, grain: number): Promise<Sharp> {
  const scale = paintedLongSide / Math.max(sample.size.width, sample.size.height);
  const [width, height] = [Math.round(sample.size.width * scale), Math.round(sample.size.height * scale)];
  const { notice, look } = sample;
  const scene = { ...look, notice, seed: seed * 7919, palette: palettes[look.palette] };
  const stored = store(paintScene(scene, width, height), width, height, orientation);
  const turned = orientation >= 5;
  const { data, info } = await sharp(stored.pixels, { raw: { ...stored.size, channels: 3 } })
    .resize(
      turned ? sample.size.height : sample.size.width,
      turned ? sample.size.width : sample.size.height,
      {
        fit: 'fill',
        kernel: 'linear',
      },
    )
    .raw()
    .toBuffer({ resolveWithObject: true });
  addGrain(data, grain, seed);
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
}

async function takePhoto(sample: Sample, seed: number, orientation: Orientation): Promise<Uint8Array> {
  const image = await paint(sample, seed, orientation, 14);
  const quality = 88 + (seed % 3) * 2;
  return image
    .withMetadata({ orientation })
    .withExifMerge(cameraExif(sample, seed))
    .jpeg({ quality })
    .toBuffer();
}

async function savePicture(picture: (typeof otherPictures)[number], seed: number): Promise<Uint8Array> {
  const image = await paint(picture, seed, 1, 3);
  if (picture.type === 'png') return image.png({ compressionLevel: 6 }).toBuffer();
  if (picture.type === 'webp') return image.webp({ quality: 85, effort: 1 }).toBuffer();
  return image.avif({ quality: 60, effort: 1 }).toBuffer();
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, folder: { type: 'string' } } });
  const folder = values.folder ?? join(import.meta.dirname, '..', '.local', 'samples');
  const photos = await makeSamples({ folder, ...(values.count ? { count: Number(values.count) } : {}) });
  for (const photo of photos) {
    const size = `${photo.width} x ${photo.height}, ${(photo.bytes / 1e6).toFixed(1)} MB`;
    console.log(`${photo.path}  ${size}, orientation ${photo.orientation}`);
  }
}
