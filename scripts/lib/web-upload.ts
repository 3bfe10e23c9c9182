import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { appCacheControl } from './edge/headers.ts';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pbf': 'application/x-protobuf',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Content type of a file of a built app, by its name. */
export const contentTypeOf = (name: string): string =>
  contentTypes[extname(name)] ?? 'application/octet-stream';

/** Lists the files of a built app, pages last: a page must not name a file that is not there yet. */
export function listApp(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const isPage = (name: string) => appCacheControl(`/${name}`) === 'no-cache';
  return [...files.filter((name) => !isPage(name)).sort(), ...files.filter(isPage).sort()];
}

/**
 * Uploads a built app; files of earlier versions stay for pages that are still open.
 *
 * @param prefix - folder in the bucket, with a slash at its end
 */
export async function uploadApp(
  client: S3Client,
  bucket: string,
  folder: string,
  prefix = '',
): Promise<number> {
  const files = listApp(folder);
  for (const name of files) {
    await uploadFile(client, bucket, `${prefix}${name}`, readFileSync(join(folder, name)));
  }
  return files.length;
}

/** Uploads one file with the headers that browsers need. */
export async function uploadFile(client: S3Client, bucket: string, name: string, body: Uint8Array | string) {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: name,
      Body: body,
      ContentType: contentTypeOf(name),
      CacheControl: appCacheControl(`/${name}`),
    }),
  );
}
