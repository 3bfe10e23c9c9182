import { describe, expect, it } from 'vitest';
import { storedRenditions } from '#contracts/photos.ts';
import type { Rendition } from '../../imaging/render.ts';
import { cameraExif, picture } from '../../imaging/test-pictures.ts';
import { OriginalMissing } from '../../stores/original-store.ts';
import { makeRenditions } from './make-renditions.ts';

const photoId = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const input = { photoId, bucket: 'uploads', key: `uploads/rose/${photoId}` };

function prepare(originals: Record<string, Uint8Array>) {
  const written = new Map<string, Rendition>();
  const make = makeRenditions({
    originals: {
      read: async (bucket, key) => {
        const bytes = originals[`${bucket}/${key}`];
        if (!bytes) throw new OriginalMissing(`Expected ${bucket}/${key}, got nothing`);
        return bytes;
      },
    },
    renditions: {
      write: async (key, rendition) => {
        written.set(key, rendition);
      },
    },
  });
  return { written, make };
}

describe('makeRenditions', () => {
  it('stores four renditions below the photo and returns references to them', async () => {
    // Prepare
    const photo = await picture(900, 600).withExif(cameraExif).jpeg().toBuffer();
    const { written, make } = prepare({ [`uploads/${input.key}`]: photo });

    // Act
    const result = await make(input);

    // Assess
    if (result.outcome !== 'made') throw new Error(`Expected renditions, got ${result.message}`);
    expect(result).toMatchObject({ type: 'jpeg', width: 900, height: 600 });
    expect([...written.keys()].sort()).toEqual([
      `photos/${photoId}/large.webp`,
      `photos/${photoId}/share.jpg`,
      `photos/${photoId}/small.webp`,
      `photos/${photoId}/tile.webp`,
    ]);
    expect(storedRenditions.parse(result.renditions)).toEqual(result.renditions);
    for (const { key, bytes, width, contentType } of Object.values(result.renditions))
      expect(written.get(key)).toMatchObject({ width, contentType, bytes: { length: bytes } });
    expect(JSON.stringify(result).length).toBeLessThan(2048);
  });

  it('returns a refusal as data and stores nothing', async () => {
    // Prepare
    const { written, make } = prepare({ [`uploads/${input.key}`]: Buffer.from('GIF89a') });

    // Act
    const result = await make(input);

    // Assess
    expect(result).toMatchObject({ outcome: 'rejected', reason: 'UNSUPPORTED_TYPE' });
    expect(written.size).toBe(0);
  });

  it('fails for good when the original is gone', async () => {
    // Prepare
    const { make } = prepare({});

    // Act
    const attempt = make(input);

    // Assess
    await expect(attempt).rejects.toMatchObject({ name: 'OriginalMissing' });
  });
});
