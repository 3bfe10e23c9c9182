import { beforeAll, describe, expect, it } from 'vitest';
import { rangerMessages } from '#contracts/photos.ts';
import type { Location } from '#contracts/places.ts';
import { cameraExif, scene } from '../../imaging/test-pictures.ts';
import { inspectPhoto, type RefusedPicture } from './inspect-photo.ts';

const photoId = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const placeId = '01K0A1B2C3D4E5F6G7H8J9KMNQ';
const elsewhere = '01K0A1B2C3D4E5F6G7H8J9KMNR';
const input = { photoId, placeId, bucket: 'uploads', key: `uploads/rose/${photoId}` };
const rules = { types: ['jpeg'], minPixels: 100, nearMeters: 2000 } as const;

let photo: Buffer;
let hash: string;

beforeAll(async () => {
  photo = await scene(1).withExif(cameraExif).jpeg().toBuffer();
  const result = await prepare().inspect(input);
  hash = (result.outcome === 'accepted' && result.details.perceptualHash) || 'none';
});

function prepare({ place, refused = [] }: { place?: Location; refused?: readonly RefusedPicture[] } = {}) {
  const written = new Map<string, Uint8Array>();
  const inspect = inspectPhoto(
    {
      originals: { read: async () => photo },
      places: { locate: async (id) => (id === placeId ? place : undefined) },
      refused: { candidates: async () => refused },
      previews: {
        write: async (key, { bytes }) => {
          written.set(key, bytes);
        },
      },
    },
    rules,
  );
  return { written, inspect };
}

/** The hash with its last bits turned. */
const withBits = (count: number) =>
  (BigInt(`0x${hash}`) ^ (2n ** BigInt(count) - 1n)).toString(16).padStart(16, '0');

describe('inspectPhoto', () => {
  it('stores a preview below the stage and returns a reference to it', async () => {
    // Prepare
    const { written, inspect } = prepare({ place: { lat: 37.7456, lng: -119.5936 } });

    // Act
    const result = await inspect(input);

    // Assess
    const key = `staged/photos/${photoId}/preview.jpg`;
    expect(result).toEqual({
      outcome: 'accepted',
      details: expect.objectContaining({ type: 'jpeg', takenNearPlace: true, perceptualHash: hash }),
      picture: { key, width: 400, height: 300, bytes: written.get(key)?.length },
    });
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ['the same picture', 0],
    ['a picture that differs in as many bits as may be', 7],
  ])('refuses %s as one that a ranger refused, with its reason', async (_name, bits) => {
    // Prepare
    const refused = [{ perceptualHash: withBits(bits), placeId: elsewhere, reason: 'INDECENT' as const }];
    const { written, inspect } = prepare({ refused });

    // Act
    const result = await inspect(input);

    // Assess
    expect(result).toMatchObject({
      outcome: 'rejected',
      reason: 'INDECENT',
      message: rangerMessages.INDECENT,
      details: { type: 'jpeg', width: 400, height: 300 },
    });
    expect(written.size).toBe(0);
  });

  it('lets a picture pass that differs in one bit more', async () => {
    const refused = [{ perceptualHash: withBits(8), placeId, reason: 'INDECENT' as const }];
    expect(await prepare({ refused }).inspect(input)).toMatchObject({ outcome: 'accepted' });
  });

  it('goes by the picture that is most like it', async () => {
    const refused = [
      { perceptualHash: withBits(5), placeId, reason: 'PEOPLE' as const },
      { perceptualHash: withBits(2), placeId, reason: 'ADVERTISEMENT' as const },
    ];
    expect(await prepare({ refused }).inspect(input)).toMatchObject({ reason: 'ADVERTISEMENT' });
  });

  it.each([
    [placeId, 'rejected'],
    [elsewhere, 'accepted'],
  ])('holds "not this place" against the same place only: %s', async (refusedAt, outcome) => {
    const refused = [{ perceptualHash: hash, placeId: refusedAt, reason: 'NOT_THIS_PLACE' as const }];
    expect(await prepare({ refused }).inspect(input)).toMatchObject({ outcome });
  });

  it('stores nothing of a photo that breaks a rule', async () => {
    const { written, inspect } = prepare();
    photo = await scene(1, 99, 300).jpeg().toBuffer();
    expect(await inspect(input)).toMatchObject({ outcome: 'rejected', reason: 'TOO_SMALL' });
    expect(written.size).toBe(0);
  });
});
