import * as z from 'zod';

const named = z.object({ by: z.string() });

/** What one line of the counting emulator says; see counting/sitecustomize.py. */
const line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invocation'),
    function: z.string(),
    memoryMb: z.number(),
    /** The service whose batch it is given, or nothing. */
    source: z.string(),
    logBytes: z.number(),
    /** The access key under which it calls AWS. */
    key: z.string(),
  }),
  z.object({
    kind: z.literal('execution'),
    machine: z.string(),
    type: z.string(),
    states: z.number(),
    ms: z.number(),
  }),
  named.extend({ kind: z.literal('table'), table: z.string(), reads: z.number(), writes: z.number() }),
  named.extend({ kind: z.literal('object'), bucket: z.string(), action: z.string(), bytes: z.number() }),
  named.extend({ kind: z.literal('call'), service: z.string() }),
  z.object({ kind: z.literal('request'), stage: z.string() }),
  z.object({ kind: z.literal('event'), detailType: z.string() }),
  z.object({ kind: z.literal('message'), queue: z.string() }),
  z.object({ kind: z.literal('batch'), queue: z.string() }),
  z.object({ kind: z.literal('publication') }),
]);
export type Line = z.infer<typeof line>;
export type LineOf<Kind extends Line['kind']> = Extract<Line, { kind: Kind }>;

/** Parses what the counting emulator wrote. */
export function parseLines(text: string): Line[] {
  return text
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => line.parse(JSON.parse(one)));
}

/** Picks the lines of one kind. */
export function linesOf<Kind extends Line['kind']>(lines: readonly Line[], kind: Kind): LineOf<Kind>[] {
  return lines.filter((one): one is LineOf<Kind> => one.kind === kind);
}
