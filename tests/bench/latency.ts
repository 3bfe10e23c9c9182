import { topics } from '#contracts/topics.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import { activate } from '../../scripts/lib/workflow/decisions.ts';
import { awsClients } from '../support/aws.ts';
import { type Listener, listen } from '../support/listener.ts';
import { decide } from '../support/swap.ts';
import { waitUntil } from '../support/wait-until.ts';
import { percentile, round } from './statistics.ts';
import { announce, published, send, type Visitor, visit } from './visitor.ts';
import { type FunctionUse, perPhoto, settle, WorkerMeter } from './workers.ts';

/** Photos that are sent one at a time to a warm app. */
export interface LatencyBench {
  readonly workflow: string;
  readonly photos: number;
  /** From the end of the upload to the status PUBLISHED in the table, read every 10 ms. */
  readonly publishedP50Ms: number;
  readonly publishedP95Ms: number;
  /** From the end of the upload to the message PhotoPublished on the uploader's MQTT connection. */
  readonly heardP50Ms: number;
  readonly heardP95Ms: number;
  /** All functions together; undefined where there is no `/proc`. */
  readonly cpuSecondsPerPhoto: number | undefined;
  readonly functions: readonly FunctionUse[];
}

const warmUps = 3;

/** Sends photos one at a time to one version and measures until each is published, and until its sender hears of it. */
export async function benchLatency(
  outputs: LocalOutputs,
  folder: string,
  count: number,
  workflow: string,
): Promise<LatencyBench> {
  const app = { outputs, aws: awsClients(outputs.endpoint) };
  await decide(app, (routing) => activate(routing, workflow, undefined));
  const visitor = await visit(outputs, folder);
  const { userId, token } = visitor.user;
  await using listener = await listen(outputs.mqttUrl, outputs.stacks.backend?.TopicPrefix ?? '', token);
  if (!(await listener.subscribe(topics.user(userId)))) {
    throw new Error('Expected the subscription to the own topic to be granted, got a refusal');
  }
  for (let index = 0; index < warmUps; index += 1) await publishOne(visitor, listener, index);
  await settle();
  const meter = new WorkerMeter(outputs.endpoint);
  const times: { published: number; heard: number }[] = [];
  for (let index = 0; index < count; index += 1) times.push(await publishOne(visitor, listener, index));
  await settle();
  const functions = meter.stop();
  const at = (key: 'published' | 'heard', share: number) =>
    round(
      percentile(
        times.map((time) => time[key]),
        share,
      ),
    );
  return {
    workflow,
    photos: count,
    publishedP50Ms: at('published', 0.5),
    publishedP95Ms: at('published', 0.95),
    heardP50Ms: at('heard', 0.5),
    heardP95Ms: at('heard', 0.95),
    cpuSecondsPerPhoto: perPhoto(functions, count),
    functions,
  };
}

async function publishOne(visitor: Visitor, listener: Listener, index: number) {
  const announced = await announce(visitor, index);
  await send(announced);
  const sent = performance.now();
  const since = () => performance.now() - sent;
  const { photoId } = announced;
  const heard = () =>
    listener.heard.find(({ message }) => message.journeyId === photoId && message.type === 'PhotoPublished');
  const [publishedMs, heardMs] = await Promise.all([
    published(visitor, photoId).then(since),
    waitUntil(`a message that ${photoId} is published`, heard, { pauseMs: 5, timeoutMs: 60_000 }).then(since),
  ]);
  return { published: publishedMs, heard: heardMs };
}
