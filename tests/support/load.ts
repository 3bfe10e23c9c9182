import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { ulid } from 'ulid';
import type { PhotoStatus } from '#contracts/photos.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import { DynamoDbPhotoStore } from '../../backend/stores/dynamodb-photo-store.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import type { AwsClients } from './aws.ts';
import { landscape } from './pictures.ts';

/** An app under load: where it is, and clients that look behind its API. */
export interface App {
  readonly outputs: LocalOutputs;
  readonly aws: AwsClients;
}

export interface Steady {
  readonly placeId: string;
  readonly ownerId: string;
  readonly perSecond: number;
  readonly seconds: number;
}

/** A few photos that differ, so small that two processors keep up with many of them. */
export const tinyPhotos = (): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: 6 }, (_, number) => landscape(number).resize(200, 150).jpeg().toBuffer()));

/** Sends photos at a steady rate, each announced and uploaded as the form does it; answers their ids. */
export async function sendSteadily(
  app: App,
  photos: readonly Buffer[],
  { perSecond, seconds, ...whose }: Steady,
): Promise<string[]> {
  const started = performance.now();
  const sent: Promise<string>[] = [];
  for (let number = 0; number < perSecond * seconds; number += 1) {
    await pause(started + (number * 1000) / perSecond - performance.now());
    const bytes = photos[number % photos.length];
    if (bytes) sent.push(sendOne(app, bytes, whose));
  }
  return Promise.all(sent);
}

/** The item that the API makes for a form, then the object that the form makes: the backend does the rest. */
export async function sendOne(
  { aws, outputs }: App,
  bytes: Buffer,
  { placeId, ownerId }: Pick<Steady, 'placeId' | 'ownerId'>,
  changes: { readonly status?: PhotoStatus; readonly workflow?: string } = {},
): Promise<string> {
  const photoId = ulid();
  const now = new Date().toISOString();
  const [bucket, key] = [outputs.uploadBucket, objectKeys.upload(ownerId, photoId)];
  const announced = {
    entity: 'photo',
    photoId,
    placeId,
    ownerId,
    contentType: 'image/jpeg',
    size: bytes.length,
    bucket,
    key,
    status: 'AWAITING_UPLOAD',
    statusAt: now,
    createdAt: now,
    attempts: 0,
  } as const;
  const dueAt = new Date(Date.now() + 60_000).toISOString();
  const store = new DynamoDbPhotoStore(aws.dynamodb, outputs.tableName);
  await store.create({ ...announced, ...changes }, dueAt);
  const object = { Bucket: bucket, Key: key, Body: bytes, ContentType: 'image/jpeg' };
  await aws.s3.send(new PutObjectCommand(object));
  return photoId;
}

const run = promisify(execFile);

/**
 * Ends the worker of this app's emulator that has lived longest, in whatever it does, as a crash would; answers whose it
 * was. Killed at random, one photo's workers might all die while they start.
 */
export async function killWorker({ outputs }: App): Promise<string | undefined> {
  const mark = `AWS_ENDPOINT_URL=http://127.0.0.1:${new URL(outputs.endpoint).port} `;
  const ps = ['axeww', '-o', 'pid=,etime=,command='];
  const { stdout } = await run('ps', ps, { maxBuffer: 64 * 1024 * 1024 });
  const workers = stdout.split('\n').flatMap((line) => {
    const [, pid, elapsed = ''] = /^\s*(\d+)\s+(\S+)/.exec(line) ?? [];
    const name = /AWS_LAMBDA_FUNCTION_NAME=(\S+)/.exec(line)?.[1];
    return name && line.includes(mark) ? [{ pid: Number(pid), name, age: secondsIn(elapsed) }] : [];
  });
  const oldest = workers.sort((a, b) => b.age - a.age)[0];
  if (!oldest) return undefined;
  try {
    process.kill(oldest.pid, 'SIGKILL');
    return oldest.name;
  } catch {
    // It ended by itself in between.
    return undefined;
  }
}

/** Reads `ps`'s `[[days-]hours:]minutes:seconds`. */
function secondsIn(elapsed: string): number {
  const units = [1, 60, 3600, 86_400];
  const parts = elapsed.split(/[-:]/).reverse().map(Number);
  return parts.reduce((sum, part, at) => sum + part * (units[at] ?? 0), 0);
}

/** Has messages come back to the queues sooner after a worker died with them. */
export async function shortenQueues({ aws }: App, seconds: number): Promise<void> {
  const { QueueUrls = [] } = await aws.sqs.send(new ListQueuesCommand({}));
  for (const QueueUrl of QueueUrls) {
    const Attributes = { VisibilityTimeout: String(seconds) };
    await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  }
}

/** Leaves room for the backend: no function of a workflow gets more than this many workers, the next ones are told to wait. */
export async function limitWorkflows({ aws, outputs }: App, workers: number): Promise<void> {
  const names = Object.entries(outputs.stacks)
    .filter(([stack]) => /^v\d+$/.test(stack))
    .flatMap(([, of]) => Object.entries(of))
    .flatMap(([output, name]) => (output.endsWith('FunctionName') ? [name] : []));
  for (const FunctionName of names) {
    await aws.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: workers }),
    );
  }
}

const pause = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
