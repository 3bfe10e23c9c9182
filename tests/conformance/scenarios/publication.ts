import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { publicPhotoPage } from '#contracts/api/photos.ts';
import { renditionNames } from '#contracts/photos.ts';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { routingKey } from '#contracts/tables/keys.ts';
import type { Orientation } from '../../../scripts/samples/camera.ts';
import { aws, outputs, ranger, visitor, web } from '../../integration/app.ts';
import { journeyWith, publishedPhoto } from '../../integration/journeys.ts';
import { callApi } from '../../support/api.ts';
import { createPlace, expectBody, upload, waitForEnd } from '../../support/photos.ts';
import { goodPhoto, goodSize, landscape, landscapePhoto } from '../../support/pictures.ts';
import { expectEnd } from '../ends.ts';
import { runsFor } from '../executions.ts';
import { inLanes } from '../lanes.ts';
import { type PlaceKind, type Subject, send } from '../subject.ts';

interface Good {
  readonly name: string;
  readonly bytes: () => Promise<Buffer>;
  /** The picture that has to be seen. */
  readonly number: number;
  readonly place?: PlaceKind;
}

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** A good photo of every type and every way to hold a camera. */
const goodPhotos: readonly Good[] = [
  ...orientations.map((orientation) => ({
    name: `JPEG in orientation ${orientation}`,
    bytes: () => landscapePhoto(20 + orientation, orientation),
    number: 20 + orientation,
  })),
  { name: 'PNG', bytes: () => landscape(30).png({ compressionLevel: 1 }).toBuffer(), number: 30 },
  { name: 'WebP', bytes: () => landscape(31).webp({ effort: 0 }).toBuffer(), number: 31 },
  { name: 'AVIF', bytes: () => landscape(32).avif({ effort: 0 }).toBuffer(), number: 32 },
  { name: 'JPEG of a café', bytes: () => landscapePhoto(33), number: 33, place: 'cafe' },
];

const longSides = { tile: 400, small: 800, large: 1200, share: 1200 } as const;

/** Four pictures lie where everybody reads them: upright, of the sizes told, without what the camera wrote. */
async function expectRenditions({ renditions }: PhotoItem, number: number): Promise<void> {
  const seen = await coarse(landscape(number));
  for (const name of renditionNames) {
    const rendition = renditions?.[name];
    const { Body, ContentType, CacheControl, Metadata } = await aws.s3.send(
      new GetObjectCommand({ Bucket: outputs.distributionBucket, Key: rendition?.key }),
    );
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    const { width, height, exif, format, xmp, iptc } = await sharp(bytes).metadata();
    expect({ width, height, bytes: bytes.length, contentType: ContentType }).toEqual({
      width: rendition?.width,
      height: rendition?.height,
      bytes: rendition?.bytes,
      contentType: name === 'share' ? 'image/jpeg' : 'image/webp',
    });
    expect(`image/${format}`).toBe(ContentType);
    expect(Math.max(width, height), `${name} is no larger than it is for`).toBeLessThanOrEqual(
      longSides[name],
    );
    expect(CacheControl).toMatch(/immutable/);
    expect(Metadata).toEqual({});
    expect([xmp, iptc]).toEqual([undefined, undefined]);
    expect(exif?.toString('latin1') ?? '').not.toMatch(/GPS|Phone 12|2026:06:01/);
    expect(bytes.includes('Trailhead'), 'the camera stays behind').toBe(false);
    if (name === 'tile') continue; // cut to a square
    expect(difference(await coarse(sharp(bytes)), seen), `${name} is upright`).toBeLessThan(12);
  }
}

/** A picture as a few coarse pixels. */
const coarse = (picture: Sharp): Promise<Buffer> =>
  picture.removeAlpha().toColourspace('srgb').resize(16, 12, { fit: 'fill' }).raw().toBuffer();

/** How far two pictures are from each other, as the mean over their values from 0 to 255. */
const difference = (one: Buffer, other: Buffer): number =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;

/** Has the photos of a place go to a version while the work runs. */
async function routedTo(version: string, placeId: string, work: () => Promise<void>): Promise<void> {
  const of = { TableName: outputs.tableName };
  const { Item } = await aws.dynamodb.send(new GetCommand({ ...of, Key: routingKey }));
  const before = Item ?? { ...routingKey, active: version };
  await aws.dynamodb.send(new PutCommand({ ...of, Item: { ...before, places: { [placeId]: version } } }));
  await work().finally(() => aws.dynamodb.send(new PutCommand({ ...of, Item: before })));
}

/** What becomes of a good photo. */
export function publication(subject: Subject): void {
  describe('A good photo', () => {
    it('of every type and orientation is published whole, upright and without metadata', async () => {
      await inLanes(goodPhotos, async ({ name, bytes, number, place = 'park' }) => {
        // Act
        const photoId = await send(subject, { bytes: await bytes(), place });

        // Assess
        const item = await expectEnd(subject, photoId, 'PUBLISHED');
        expect(item, name).toMatchObject(goodSize);
        await expectRenditions(item, number);
        const [run] = await runsFor(subject, photoId);
        expect(run).toMatchObject({ status: 'SUCCEEDED', arn: item.executionId });
        expect(run?.states.at(-1)).toBe('Photo Published');
      });
    });

    it('that came by the front door is listed at its place, served and told about with its version', async () => {
      // Prepare
      const owner = await visitor();
      const place = await createPlace(web, await ranger());
      await routedTo(subject.version, place.placeId, async () => {
        // Act
        const photoId = await upload(web, owner, place.placeId, await goodPhoto());
        const photo = await waitForEnd(web, owner, photoId);

        // Assess
        expect(photo).toMatchObject({ status: 'PUBLISHED', workflow: subject.version });
        const listed = await callApi(web, 'GET', `/places/${place.placeId}/photos`);
        expect(expectBody(publicPhotoPage, 200, listed).items).toMatchObject([{ photoId }]);
        const picture = await fetch(web + photo.renditions?.large.url);
        expect(picture.status).toBe(200);
        expect(picture.headers.get('content-type')).toBe('image/webp');
        expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
        const events = await journeyWith(publishedPhoto, owner, photoId);
        expect(events.map(({ type }) => type)).toEqual(publishedPhoto);
      });
    });
  });
}
