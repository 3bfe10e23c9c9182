import type * as z from 'zod';
import {
  type PhotoView,
  photoView,
  type RequestUploadResponse,
  requestUploadResponse,
} from '#contracts/api/photos.ts';
import { type Place, place } from '#contracts/api/places.ts';
import { type Answer, callApi } from './api.ts';
import type { User } from './users.ts';
import { waitUntil } from './wait-until.ts';

type Upload = RequestUploadResponse['upload'];

const ended: readonly string[] = ['PUBLISHED', 'REJECTED', 'FAILED', 'DELETED'];

/** Puts a place on the map; the caller is a ranger. */
export async function createPlace(web: string, ranger: User, given: object = {}): Promise<Place> {
  const body = { type: 'park', name: 'Test Park', location: { lat: 10, lng: 10 }, ...given };
  return expectBody(place, 201, await callApi(web, 'POST', '/places', { token: ranger.token, body }));
}

/** Announces a photo and answers its form. */
export async function requestUpload(
  web: string,
  user: User,
  placeId: string,
  given: object = {},
): Promise<RequestUploadResponse> {
  const body = { contentType: 'image/jpeg', size: 1000, ...given };
  const path = `/places/${placeId}/photos`;
  const answer = await callApi(web, 'POST', path, { token: user.token, body });
  return expectBody(requestUploadResponse, 201, answer);
}

/** Sends bytes by an upload form, its fields changed as asked; answers S3's status and text. */
export async function sendForm(
  { url, fields }: Upload,
  bytes: Uint8Array,
  changes: Record<string, string | undefined> = {},
): Promise<{ status: number; text: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...changes })) {
    if (value !== undefined) form.set(name, value);
  }
  form.set('file', new Blob([Uint8Array.from(bytes)]));
  const answer = await fetch(url, { method: 'POST', body: form, signal: AbortSignal.timeout(30_000) });
  return { status: answer.status, text: await answer.text() };
}

/** Announces a photo and sends its bytes; answers its id once S3 has them. */
export async function upload(
  web: string,
  user: User,
  placeId: string,
  bytes: Uint8Array,
  given: object = {},
): Promise<string> {
  const size = Math.max(1, bytes.length);
  const { photoId, upload: form } = await requestUpload(web, user, placeId, { size, ...given });
  const { status, text } = await sendForm(form, bytes);
  if (status !== 204) throw new Error(`Expected S3 to take the photo (204), got ${status}: ${text}`);
  return photoId;
}

/** Reads a photo as its owner. */
export async function readPhoto(web: string, user: User, photoId: string): Promise<PhotoView> {
  return expectBody(photoView, 200, await callApi(web, 'GET', `/photos/${photoId}`, { token: user.token }));
}

/** Waits until a photo has come to an end, or to the status asked for. */
export async function waitForEnd(
  web: string,
  user: User,
  photoId: string,
  status?: PhotoView['status'],
): Promise<PhotoView> {
  let last: PhotoView | undefined;
  const reached = async () => {
    last = await readPhoto(web, user, photoId);
    return (status ? last.status === status : ended.includes(last.status)) ? last : undefined;
  };
  return waitUntil(`photo ${photoId} to be ${status ?? 'done'}`, reached, { seen: () => last });
}

/** Parses an answer of the status expected, or fails with the whole answer. */
export function expectBody<Schema extends z.ZodType>(
  schema: Schema,
  status: number,
  answer: Answer,
): z.infer<Schema> {
  if (answer.status === status) return schema.parse(answer.body);
  throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}
