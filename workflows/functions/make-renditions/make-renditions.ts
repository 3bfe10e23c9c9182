import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import {
  type RenditionName,
  type StoredRendition,
  type StoredRenditions,
  storedRenditions,
} from '#contracts/photos.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import { type Made, makeRenditions as renditionsOf } from '../../imaging/make-renditions.ts';
import type { Rejection } from '../../imaging/rejection.ts';
import type { Rendition } from '../../imaging/render.ts';
import type { OriginalStore } from '../../stores/original-store.ts';
import type { RenditionStore } from '../../stores/rendition-store.ts';

export const makeRenditionsInput = z.object({
  photoId: ulidSchema,
  bucket: z.string().min(3),
  key: z.string().min(1).max(1024),
});
export type MakeRenditionsInput = z.infer<typeof makeRenditionsInput>;

/** What the state machine keeps of the renditions: references and sizes, never pixels. */
export type MakeRenditionsResult = (Omit<Made, 'renditions'> & { renditions: StoredRenditions }) | Rejection;

/** Makes and stores a photo's renditions; a refused photo is a result, and stores nothing. */
export function makeRenditions(ports: { originals: OriginalStore; renditions: RenditionStore }) {
  return async ({ photoId, bucket, key }: MakeRenditionsInput): Promise<MakeRenditionsResult> => {
    const result = await renditionsOf(await ports.originals.read(bucket, key));
    if (result.outcome === 'rejected') return result;
    const stored = await Promise.all(
      result.renditions.map((rendition) => store(ports.renditions, photoId, rendition)),
    );
    return { ...result, renditions: storedRenditions.parse(Object.fromEntries(stored)) };
  };
}

async function store(
  renditions: RenditionStore,
  photoId: string,
  rendition: Rendition,
): Promise<[RenditionName, StoredRendition]> {
  const { name, extension, width, height, bytes, contentType } = rendition;
  const key = `${objectKeys.renditions(photoId)}${name}.${extension}`;
  await renditions.write(key, rendition);
  return [name, { key, width, height, bytes: bytes.length, contentType }];
}
