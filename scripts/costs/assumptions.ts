import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { root } from '../lib/paths.ts';

const amount = z.number().nonnegative();
const share = z.number().min(0).max(1);

const assumptionsSchema = z.strictObject({
  /** A function waits for each request to another service. */
  waitMsPerRequest: amount,
  /** What a function that asks Rekognition takes; the emulator has none. */
  rekognitionMs: amount,
  rekognitionMemoryMb: amount,
  /** What Lambda itself writes into the log of a call, in JSON. */
  platformLogBytes: amount,
  /** Connections that get a publication. */
  deliveriesPerPublication: amount,
  originalMb: amount,
  originalDays: amount,
  /** Each photo is paid for this many months at once. */
  renditionMonths: amount,
  /** Items, journey and indexes. */
  tableKbPerPhoto: amount,
  tableKbPerOrder: amount,
  photosInCafes: share,
  visitsPerUser: amount,
  minutesPerVisit: amount,
  /** MQTT CONNECT, SUBSCRIBE and what is heard. */
  iotMessagesPerVisit: amount,
  picturesPerVisit: amount,
  /** App and pictures; the app comes from the browser's own cache after the first visit. */
  mbPerVisit: amount,
  /** Pictures that CloudFront need not fetch from S3. */
  picturesFromCache: share,
  cafes: amount,
  openMinutesPerDay: amount,
  /** Five long polls of 20 seconds at a time, as Lambda holds them open for each queue without messages. */
  pollsPerQueueAndMonth: amount,
  /** Detailed metrics of API Gateway for each method. */
  metricsPerApiMethod: amount,
  customMetrics: amount,
});
/** What was not measured; said in docs/costs.md. */
export type Assumptions = z.infer<typeof assumptionsSchema>;

/** Reads what is assumed. */
export function readAssumptions(): Assumptions {
  const file = join(root, 'scripts', 'costs', 'assumptions.json');
  return assumptionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
