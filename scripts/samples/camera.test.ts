import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Orientation, store } from './camera.ts';
import { cameraPhotos } from './catalogue.ts';
import { palettes } from './palettes.ts';
import { paintScene } from './scene.ts';

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

describe('sample photos', () => {
  it.each(orientations)('lie as a camera of orientation %i stores them', async (orientation) => {
    // Prepare
    const upright = Uint8Array.from({ length: 6 * 4 * 3 }, (_, index) => index * 3);

    // Act
    const { pixels, size } = store(upright, 6, 4, orientation);

    // Assess
    const photo = await sharp(pixels, { raw: { ...size, channels: 3 } })
      .withMetadata({ orientation })
      .png()
      .toBuffer();
    const { data, info } = await sharp(photo, { autoOrient: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([6, 4]);
    expect([...data]).toEqual([...upright]);
  });

  it('have 12 to 24 megapixels each', () => {
    for (const { size } of cameraPhotos) {
      expect(size.width * size.height).toBeGreaterThanOrEqual(12_000_000);
      expect(size.width * size.height).toBeLessThanOrEqual(24_000_000);
    }
  });

  it('show different places, and the same place every time', () => {
    // Prepare
    const scene = (index: number) => {
      const sample = cameraPhotos[index % cameraPhotos.length];
      if (!sample) throw new Error('Expected a sample');
      return paintScene(
        { ...sample.look, notice: sample.notice, seed: index + 1, palette: palettes[sample.look.palette] },
        24,
        18,
      );
    };

    // Act
    const all = cameraPhotos.map((_, index) => Buffer.from(scene(index)).toString('base64'));

    // Assess
    expect(new Set(all).size).toBe(cameraPhotos.length);
    expect(Buffer.from(scene(0)).toString('base64')).toBe(all[0]);
  });
});
