import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../lib/failure.ts';
import { root } from '../lib/paths.ts';
import { type Counts, countsSchema } from './counts.ts';

const file = join(root, 'scripts', 'costs', 'measured.json');

const measuredSchema = z.object({
  machine: z.string(),
  /** What stands in the templates. */
  standing: z.object({
    alarms: z.number(),
    queueMappings: z.number(),
    apiMethods: z.number(),
    /** Every minute. */
    schedules: z.number(),
  }),
  scenarios: z.record(z.string(), z.object({ takenOn: z.iso.date() }).extend(countsSchema.shape)),
});
/** What each thing that people do takes, as it was measured on the emulator. */
export type Measured = z.infer<typeof measuredSchema>;

/** Reads what was measured last. */
export const readMeasured = (): Measured => measuredSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Keeps what was measured. */
export function writeMeasured(measured: Measured): void {
  writeFileSync(file, `${JSON.stringify(measured, null, 1)}\n`);
}

/** Picks the counts of a scenario. */
export function scenario({ scenarios }: Measured, name: string): Counts {
  const counts = scenarios[name];
  if (counts) return counts;
  throw new Failure(
    `Expected "${name}" to have been measured, got ${Object.keys(scenarios).join(', ')}. Run: npm run costs -- --measure`,
  );
}
