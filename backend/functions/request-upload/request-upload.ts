import type { RequestUploadRequest, RequestUploadResponse } from '#contracts/api/photos.ts';
import { uploadLimits } from '#contracts/photos.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import { NotFoundError, UnauthenticatedError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import type { PhotoStore } from '../../stores/photo-store.ts';
import type { PlaceStore } from '../../stores/place-store.ts';

/** Signs a form by which a browser puts exactly one object, of the given type, into the upload bucket. */
export interface UploadForms {
  sign(form: { key: string; contentType: string }): Promise<{ url: string; fields: Record<string, string> }>;
}

interface Dependencies {
  readonly places: Pick<PlaceStore, 'get'>;
  readonly photos: Pick<PhotoStore, 'create'>;
  readonly forms: UploadForms;
  readonly bucket: string;
  readonly newId: () => string;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly placeId: string };
  readonly body: RequestUploadRequest;
  readonly caller: Caller | undefined;
}

/** An upload that began in the form's last second may still arrive for a while, over one bar of reception. */
const graceSeconds = 3600;

/** Announces a photo of a place and answers the form to send its bytes with. */
export const requestUpload =
  ({ places, photos, forms, bucket, newId, now }: Dependencies) =>
  async ({ path: { placeId }, body, caller }: Request): Promise<RequestUploadResponse> => {
    if (!caller) throw new UnauthenticatedError();
    if (!(await places.get(placeId))) {
      throw new NotFoundError('Expected a place with this id, got none. It may have been removed.');
    }
    const photoId = newId();
    const key = objectKeys.upload(caller.userId, photoId);
    const createdAt = now();
    const after = (seconds: number) => new Date(createdAt.getTime() + seconds * 1000).toISOString();
    const { url, fields } = await forms.sign({ key, contentType: body.contentType });
    await photos.create(
      {
        entity: 'photo',
        photoId,
        placeId,
        ownerId: caller.userId,
        author: caller.name,
        caption: body.caption || undefined,
        contentType: body.contentType,
        size: body.size,
        bucket,
        key,
        status: 'AWAITING_UPLOAD',
        statusAt: createdAt.toISOString(),
        createdAt: createdAt.toISOString(),
        attempts: 0,
      },
      after(uploadLimits.formLifetimeSeconds + graceSeconds),
    );
    const expiresAt = after(uploadLimits.formLifetimeSeconds);
    return { photoId, upload: { url, fields, expiresAt, maxBytes: uploadLimits.maxBytes } };
  };
