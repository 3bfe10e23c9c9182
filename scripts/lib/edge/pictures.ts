import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { plain } from './answers.ts';

export interface Pictures {
  (incoming: IncomingMessage, outgoing: ServerResponse, key: string): Promise<void>;
  close(): void;
}

/** Serves objects of the private distribution bucket, as CloudFront does it by origin access control. */
export function createPictures(options: { endpoint: string; region: string; bucket: string }): Pictures {
  const s3 = new S3Client({
    endpoint: options.endpoint,
    region: options.region,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse, key: string) => {
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return plain(outgoing, 405);
    const abort = new AbortController();
    outgoing.once('close', () => abort.abort());
    const input = { Bucket: options.bucket, Key: key, ...conditions(incoming) };
    try {
      const answer: Omit<GetObjectCommandOutput, 'Body'> & { Body?: unknown } =
        incoming.method === 'HEAD'
          ? await s3.send(new HeadObjectCommand(input), { abortSignal: abort.signal })
          : await s3.send(new GetObjectCommand(input), { abortSignal: abort.signal });
      outgoing.writeHead(answer.ContentRange === undefined ? 200 : 206, headersOf(answer));
      if (answer.Body instanceof Readable) pipeline(answer.Body, outgoing, () => undefined);
      else outgoing.end();
    } catch (error) {
      refuse(outgoing, error, incoming.headers['if-none-match']);
    }
  };
  return Object.assign(serve, { close: () => s3.destroy() });
}

function conditions(incoming: IncomingMessage) {
  const { range, 'if-none-match': etag, 'if-modified-since': since } = incoming.headers;
  const time = since === undefined ? Number.NaN : Date.parse(since);
  return {
    ...(range === undefined ? {} : { Range: range }),
    ...(etag === undefined ? {} : { IfNoneMatch: etag }),
    // RFC 9110: an entity tag is the better question, the time is ignored beside it.
    ...(Number.isNaN(time) || etag !== undefined ? {} : { IfModifiedSince: new Date(time) }),
  };
}

function headersOf(answer: Omit<GetObjectCommandOutput, 'Body'>): Record<string, string | number> {
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': answer.ContentType ?? 'application/octet-stream',
    'content-length': answer.ContentLength,
    'content-range': answer.ContentRange,
    'cache-control': answer.CacheControl,
    etag: answer.ETag,
    'last-modified': answer.LastModified?.toUTCString(),
  };
  const known: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) known[name] = value;
  return known;
}

/** Not modified and an impossible range are answers; all else is told apart only by status, with nothing of S3's text. */
function refuse(outgoing: ServerResponse, error: unknown, etag: string | undefined): void {
  if (outgoing.destroyed) return;
  const status = statusOf(error);
  if (status === 304) {
    // A single tag that was asked for is the object's own; S3's client does not tell it with this answer.
    outgoing.writeHead(304, etag !== undefined && /^"[^"]+"$/.test(etag) ? { etag } : {}).end();
  } else if (status === 416) {
    plain(outgoing, 416);
  } else {
    plain(outgoing, status === 404 || status === 403 ? 404 : 502);
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata } = error;
  if (typeof $metadata !== 'object' || $metadata === null || !('httpStatusCode' in $metadata))
    return undefined;
  return typeof $metadata.httpStatusCode === 'number' ? $metadata.httpStatusCode : undefined;
}
