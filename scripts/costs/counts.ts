import * as z from 'zod';
import { type Line, type LineOf, linesOf } from './lines.ts';

const each = <Schema extends z.ZodType>(schema: Schema) => z.record(z.string(), schema);

/** What one photo, order, visit or minute takes, on average over a measured run; named as the stacks name things. */
export const countsSchema = z.object({
  /** How many were measured. */
  of: z.number().positive(),
  /** Calls, and for each call: CPU time, requests to AWS, and the function's own log lines. */
  functions: each(
    z.object({
      calls: z.number(),
      memoryMb: z.number(),
      cpuMs: z.number(),
      requests: z.number(),
      logBytes: z.number(),
    }),
  ),
  /** Executions, and for each the states entered and how long it took. */
  machines: each(z.object({ type: z.string(), executions: z.number(), states: z.number(), ms: z.number() })),
  /** Request units, those of all indexes with them. */
  tables: each(z.object({ writes: z.number(), reads: z.number() })),
  /** Requests by price class; deletions cost nothing and are left out. */
  buckets: each(z.object({ writes: z.number(), reads: z.number(), bytesWritten: z.number() })),
  queues: each(z.object({ messages: z.number(), batches: z.number() })),
  /** API requests by stage. */
  requests: each(z.number()),
  events: each(z.number()),
  iotPublications: z.number(),
  snsPublications: z.number(),
  /** Traces that begin: at the API, at a queue or a stream. */
  traces: z.number(),
});
export type Counts = z.infer<typeof countsSchema>;

export interface Run {
  readonly lines: readonly Line[];
  /** How many like things were done while the lines were written. */
  readonly of: number;
  /** CPU seconds of the functions, by their full names. */
  readonly cpuSeconds: ReadonlyMap<string, number>;
  /** Functions that run by themselves; neither they nor their requests are counted. */
  readonly background?: RegExp;
}

/** Adds up a run, for one of the things that were done. */
export function addUp(run: Run): Counts {
  const { of } = run;
  const lines = withoutBackground(run);
  const per = share(of);
  const invocations = linesOf(lines, 'invocation');
  const requests = linesOf(lines, 'request');
  return {
    of,
    functions: group(invocations, (one) => shortName(one.function), functionUse(lines, run)),
    machines: group(linesOf(lines, 'execution'), (one) => shortName(one.machine), machineUse(of)),
    tables: group(linesOf(lines, 'table'), (one) => shortName(one.table), tableUse(of)),
    buckets: group(
      linesOf(lines, 'object').filter(({ action }) => action !== 'DELETE'),
      (one) => shortName(one.bucket),
      bucketUse(of),
    ),
    queues: group(
      [...linesOf(lines, 'message'), ...linesOf(lines, 'batch')],
      (one) => shortName(one.queue),
      queueUse(of),
    ),
    requests: group(requests, ({ stage }) => stage, per),
    events: group(linesOf(lines, 'event'), ({ detailType }) => detailType, per),
    iotPublications: per(linesOf(lines, 'call').filter(({ service }) => service === 'iot')),
    snsPublications: per(linesOf(lines, 'publication')),
    traces: per([...requests, ...invocations.filter(({ source }) => source !== '')]),
  };
}

/** How many there are for each of the things that were done. */
const share =
  (of: number) =>
  (some: readonly unknown[]): number =>
    round(some.length / of);

function withoutBackground({ lines, background }: Run): readonly Line[] {
  if (!background) return lines;
  const invocations = linesOf(lines, 'invocation').filter((one) => background.test(one.function));
  const keys = new Set(invocations.map(({ key }) => key));
  return lines.filter((one) => !keys.has('by' in one ? one.by : 'key' in one ? one.key : ''));
}

const functionUse = (lines: readonly Line[], { of, cpuSeconds }: Run) => {
  const callers = [...linesOf(lines, 'table'), ...linesOf(lines, 'object'), ...linesOf(lines, 'call')];
  return (some: readonly LineOf<'invocation'>[]) => {
    const keys = new Set(some.map(({ key }) => key));
    const names = new Set(some.map((one) => one.function));
    const seconds = sum([...names], (name) => cpuSeconds.get(name) ?? 0);
    return {
      calls: round(some.length / of),
      memoryMb: some[0]?.memoryMb ?? 0,
      cpuMs: round((seconds * 1000) / some.length),
      requests: round(callers.filter(({ by }) => keys.has(by)).length / some.length),
      logBytes: Math.round(sum(some, ({ logBytes }) => logBytes) / some.length),
    };
  };
};

const machineUse = (of: number) => (some: readonly LineOf<'execution'>[]) => ({
  type: some[0]?.type ?? '',
  executions: round(some.length / of),
  states: round(sum(some, ({ states }) => states) / some.length),
  ms: Math.round(sum(some, ({ ms }) => ms) / some.length),
});

const tableUse = (of: number) => (some: readonly LineOf<'table'>[]) => ({
  writes: round(sum(some, ({ writes }) => writes) / of),
  reads: round(sum(some, ({ reads }) => reads) / of),
});

const queueUse = (of: number) => (some: readonly LineOf<'message' | 'batch'>[]) => ({
  messages: share(of)(some.filter(({ kind }) => kind === 'message')),
  batches: share(of)(some.filter(({ kind }) => kind === 'batch')),
});

const bucketUse = (of: number) => (some: readonly LineOf<'object'>[]) => {
  // S3 takes the price of a write for a listing, too.
  const writes = some.filter(({ action }) => ['PUT', 'POST', 'COPY', 'LIST'].includes(action));
  return {
    writes: round(writes.length / of),
    reads: round((some.length - writes.length) / of),
    bytesWritten: Math.round(sum(writes, ({ bytes }) => bytes) / of),
  };
};

/** `happy-path-workflow-v4-MakeRenditionsFunction-0A1B2C3D4E5F6` is `v4 MakeRenditions`. */
export function shortName(name: string): string {
  return name
    .replace(/^happy-path-(workflow-|local-)?/, '')
    .replace(/-(local|[0-9A-Fa-f]{12,13})$/, '')
    .replace(/Function$/, '')
    .replace('-', ' ');
}

function group<One, Sum>(
  all: readonly One[],
  name: (one: One) => string,
  total: (some: readonly One[]) => Sum,
): Record<string, Sum> {
  const groups = [...Map.groupBy(all, name)].sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(groups.map(([key, some]) => [key, total(some)]));
}

const sum = <One>(all: readonly One[], number: (one: One) => number): number =>
  all.reduce((total, one) => total + number(one), 0);

const round = (number: number): number => Math.round(number * 1000) / 1000;
