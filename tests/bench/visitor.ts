import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type RequestUploadResponse, requestUploadResponse } from '#contracts/api/photos.ts';
import { photoKeys } from '#contracts/tables/keys.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import { demoPlaces } from '../../scripts/seed.ts';
import { callApi } from '../support/api.ts';
import { type AwsClients, awsClients } from '../support/aws.ts';
import { newUser, type User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Somebody with a folder of photos, and the eyes to look into the table. */
export interface Visitor {
  readonly outputs: LocalOutputs;
  readonly clients: AwsClients;
  readonly user: User;
  readonly photos: readonly PhotoFile[];
}

interface PhotoFile {
  readonly path: string;
  readonly size: number;
}

/** A photo that the API has handed out a form for. */
export interface Announced extends RequestUploadResponse {
  readonly path: string;
  /** How often the API put it off (429 or 5xx) before. */
  readonly putOff: number;
}

/** Signs a new visitor in, who carries the JPEGs of a folder. */
export async function visit(outputs: LocalOutputs, folder: string): Promise<Visitor> {
  const clients = awsClients(outputs.endpoint);
  const user = await newUser(clients, outputs);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
  const paths = names.map((name) => join(folder, name));
  const photos = await Promise.all(paths.map(async (path) => ({ path, size: (await stat(path)).size })));
  return { outputs, clients, user, photos };
}

/** Asks for the form of a photo, again after a pause when the API has no capacity. */
export async function announce(visitor: Visitor, index: number): Promise<Announced> {
  const { outputs, user, photos } = visitor;
  const photo = photos[index % photos.length];
  if (!photo) throw new Error('Expected photos to send, got none. Make them with: npm run samples');
  const path = `/places/${demoPlaces[0]?.placeId}/photos`;
  const body = { contentType: 'image/jpeg', size: photo.size };
  for (let putOff = 0; ; putOff += 1) {
    const answer = await callApi(outputs.frontends.visitor, 'POST', path, { token: user.token, body });
    if (answer.status === 201)
      return { ...requestUploadResponse.parse(answer.body), path: photo.path, putOff };
    const busy = answer.status === 429 || answer.status >= 500;
    if (!busy || putOff === 60) {
      throw new Error(`Expected a form (201), got ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Sends a photo by its form, from the disk, so that a hundred at once need no memory. */
export async function send({ upload, path }: Announced): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.set(name, value);
  form.set('file', await openAsBlob(path));
  const answer = await fetch(upload.url, { method: 'POST', body: form });
  const text = await answer.text();
  if (answer.status !== 204)
    throw new Error(`Expected S3 to take ${path} (204), got ${answer.status}: ${text}`);
}

/** Waits until the table says that a photo is published: straight from the table, so that no function is woken by it. */
export async function published({ clients, outputs }: Visitor, photoId: string): Promise<void> {
  let status: unknown;
  const read = async () => {
    const { Item } = await clients.dynamodb.send(
      new GetCommand({
        TableName: outputs.tableName,
        Key: photoKeys.primary(photoId),
        ConsistentRead: true,
        ProjectionExpression: '#status',
        ExpressionAttributeNames: { '#status': 'status' },
      }),
    );
    status = Item?.status;
    return status === 'PUBLISHED' || undefined;
  };
  await waitUntil(`photo ${photoId} to be PUBLISHED`, read, {
    timeoutMs: 60_000,
    pauseMs: 10,
    seen: () => status,
  });
}
