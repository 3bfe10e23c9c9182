import type { Assumptions } from './assumptions.ts';
import type { Counts } from './counts.ts';

/** Amounts by meter, under the names of the price file. */
export type Usage = Readonly<Record<string, number>>;

/** Who looks at photos. */
export type Engine = 'rekognition' | 'local';

/** From this memory on a function has a whole processor; below it has its part of one. */
const wholeProcessorMb = 1769;
const expressMemoryGb = 64 / 1024;
const looks = /(ModeratePhoto|DetectPeople)$/;

/** What measured counts use of everything that is metered. */
export function usageOf(counts: Counts, assumptions: Assumptions, engine: Engine): Usage {
  const { tables, buckets, queues, requests, events, traces } = counts;
  return plus(functionUsage(counts, assumptions, engine), machineUsage(counts), {
    'api.requests': sum(Object.values(requests)),
    // The APIs are behind the edge.
    'cloudfront.requests': sum(Object.values(requests)),
    'dynamodb.writes': sum(Object.values(tables).map(({ writes }) => writes)),
    'dynamodb.reads': sum(Object.values(tables).map(({ reads }) => reads)),
    's3.writes': sum(Object.values(buckets).map(({ writes }) => writes)),
    's3.reads': sum(Object.values(buckets).map(({ reads }) => reads)),
    'events.custom': sum(Object.values(events)),
    // A batch is received once and deleted once.
    'sqs.requests': sum(Object.values(queues).map(({ messages, batches }) => messages + 2 * batches)),
    'sns.requests': counts.snsPublications,
    'iot.messages': counts.iotPublications * (1 + assumptions.deliveriesPerPublication),
    'xray.traces': traces,
  });
}

function functionUsage(
  { functions }: Counts,
  { waitMsPerRequest, rekognitionMs, rekognitionMemoryMb, platformLogBytes }: Assumptions,
  engine: Engine,
): Usage {
  return plus(
    ...Object.entries(functions).map(([name, { calls, memoryMb, cpuMs, requests, logBytes }]) => {
      const asks = engine === 'rekognition' && looks.test(name);
      const ownMs = cpuMs / Math.min(1, memoryMb / wholeProcessorMb) + requests * waitMsPerRequest;
      const seconds = Math.ceil(asks ? rekognitionMs : ownMs) / 1000;
      return {
        'lambda.requests': calls,
        'lambda.gbSeconds': (calls * seconds * (asks ? rekognitionMemoryMb : memoryMb)) / 1024,
        'logs.gb': (calls * (logBytes + platformLogBytes)) / 1e9,
        'rekognition.images': asks ? calls : 0,
      };
    }),
  );
}

function machineUsage({ machines }: Counts): Usage {
  return plus(
    ...Object.values(machines).map(({ type, executions, states, ms }) =>
      type === 'EXPRESS'
        ? {
            'states.expressRequests': executions,
            'states.expressGbSeconds': executions * (Math.ceil(ms / 100) / 10) * expressMemoryGb,
          }
        : // The start is a transition, too.
          { 'states.transitions': executions * (states + 1) },
    ),
  );
}

/** Adds usages up. */
export function plus(...usages: readonly Usage[]): Usage {
  const total: Record<string, number> = {};
  for (const usage of usages) {
    for (const [meter, amount] of Object.entries(usage)) total[meter] = (total[meter] ?? 0) + amount;
  }
  return total;
}

/** The same many times. */
export const times = (usage: Usage, factor: number): Usage =>
  Object.fromEntries(Object.entries(usage).map(([meter, amount]) => [meter, amount * factor]));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
