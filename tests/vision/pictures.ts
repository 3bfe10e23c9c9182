import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { cameraPhotos } from '../../scripts/samples/catalogue.ts';
import { palettes } from '../../scripts/samples/palettes.ts';
import { paintScene } from '../../scripts/samples/scene.ts';
import { landscape } from '../support/pictures.ts';

/** A picture as the workflows hand it on: an upright JPEG of at most 1200 pixels. */
export interface Picture {
  readonly name: string;
  readonly make: () => Promise<Uint8Array>;
}

const photograph = (name: string): Picture => ({
  name,
  make: () => readFile(join(import.meta.dirname, 'pictures', `${name}.jpg`)),
});

/** Painting takes longer than looking. */
function once(name: string, paint: () => Promise<Uint8Array>): Picture {
  let picture: Promise<Uint8Array> | undefined;
  return {
    name,
    make: () => {
      picture ??= paint();
      return picture;
    },
  };
}

/** Photographs of people. */
export const people = ['astronaut', 'camera'].map(photograph);

/** The sample photos of the app, the pictures of the tests and a photograph, all without people. */
export const places: readonly Picture[] = [
  photograph('coffee'),
  ...cameraPhotos.map(({ name, notice, look }, index) =>
    once(name, () => painted({ ...look, notice, seed: index * 7919, palette: palettes[look.palette] })),
  ),
  ...Array.from({ length: 6 }, (_value, number) =>
    once(`landscape ${number}`, () => landscape(number).jpeg({ quality: 85 }).toBuffer()),
  ),
];

async function painted(scene: Parameters<typeof paintScene>[0]): Promise<Uint8Array> {
  const [width, height] = [400, 300];
  return sharp(paintScene(scene, width, height), { raw: { width, height, channels: 3 } })
    .resize(1200, 900)
    .jpeg({ quality: 85 })
    .toBuffer();
}
