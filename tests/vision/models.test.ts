import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { detectPeople, peopleThresholds } from '../../workflows/functions/detect-people/detect-people.ts';
import {
  moderatePhoto,
  moderationThresholds,
} from '../../workflows/functions/moderate-photo/moderate-photo.ts';
import { LocalModeration } from '../../workflows/vision/local-moderation.ts';
import { LocalPeople } from '../../workflows/vision/local-people.ts';
import type { PictureStore } from '../../workflows/vision/s3-pictures.ts';
import type { Verdict } from '../../workflows/vision/verdict.ts';
import { loadModel } from '../../workflows/vision/wasm-models.ts';
import { skinTones } from '../support/skin-tones.ts';
import { type Picture, people, places } from './pictures.ts';

const layer = inject('visionLayer');
const input = { photoId: '01K0A1B2C3D4E5F6G7H8J9KMNP', bucket: 'uploads', key: 'picture' };

/** A function as it is deployed with the local engine and its own thresholds. */
type Check = (picture: Picture) => Promise<Verdict>;

async function checkWith(
  build: (pictures: PictureStore) => Promise<(event: typeof input) => Promise<Verdict>>,
) {
  let shown: Picture | undefined;
  const check = await build({ read: async () => (await shown?.make()) ?? new Uint8Array() });
  return (picture: Picture) => {
    shown = picture;
    return check(input);
  };
}

describe('Moderate Photo', () => {
  let check: Check;
  beforeAll(async () => {
    check = await checkWith(async (pictures) => {
      const labeler = new LocalModeration(pictures, await loadModel('moderation', layer));
      return moderatePhoto({ labeler, thresholds: moderationThresholds.local });
    });
  });

  it.each([...places, ...people])('allows $name, and is sure of it', async (picture) => {
    // Act
    const { outcome, labels } = await check(picture);

    // Assess
    expect({ outcome, labels }).toEqual({ outcome: 'allow', labels: [] });
  });

  it.each([
    ['reject', 1200],
    ['reject', 800],
    ['review', 1200],
    ['review', 800],
  ] as const)('takes skin tones for what they are not: %s, at %i pixels', async (expected, side) => {
    // Act
    const { outcome, labels } = await check({
      name: expected,
      make: async () =>
        sharp(await skinTones(expected))
          .resize(side)
          .jpeg()
          .toBuffer(),
    });

    // Assess
    expect(outcome).toBe(expected);
    expect(labels).toEqual([
      { name: 'Explicit', confidence: expect.closeTo(expected === 'reject' ? 90 : 64, -1) },
    ]);
  });
});

describe('Detect People', () => {
  let check: Check;
  beforeAll(async () => {
    check = await checkWith(async (pictures) => {
      const labeler = new LocalPeople(pictures, await loadModel('people', layer));
      return detectPeople({ labeler, thresholds: peopleThresholds.local });
    });
  });

  it.each(people)('refuses $name', async (picture) => {
    // Act
    const { outcome, labels } = await check(picture);

    // Assess
    expect(outcome).toBe('reject');
    expect(labels).toContainEqual({ name: 'Person', confidence: expect.closeTo(63, -1) });
  });

  it.each(places)('allows $name', async (picture) => {
    expect((await check(picture)).outcome).toBe('allow');
  });

  it('says the same of a picture each time', async () => {
    // Prepare
    const [portrait] = people;
    if (!portrait) throw new Error('Expected a portrait');

    // Act
    const [once, again] = [await check(portrait), await check(portrait)];

    // Assess
    expect(again).toEqual(once);
  });
});

describe('the layer', () => {
  const files = globSync('**/*', { cwd: layer }).filter((path) => statSync(join(layer, path)).isFile());

  it('holds one module: the code, its WebAssembly, two models and their licences', () => {
    expect(files.map((path) => path.replace('node_modules/happy-path-vision/', '')).sort()).toEqual([
      'LICENSE-tensorflow.txt',
      'index.js',
      'index.js.LEGAL.txt',
      'models/moderation/LICENSE',
      'models/moderation/model.json',
      'models/moderation/weights.bin',
      'models/people/LICENSE',
      'models/people/model.json',
      'models/people/weights.bin',
      'tfjs-backend-wasm-simd.wasm',
    ]);
  });

  it('is smaller than 12 MB', () => {
    const bytes = files.reduce((sum, path) => sum + statSync(join(layer, path)).size, 0);
    expect(bytes).toBeLessThan(12_000_000);
  });
});
