import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Stack } from '../stacks.ts';

const drift = z.object({
  functions: z.array(z.string()).readonly(),
  machines: z.record(z.string(), z.record(z.string(), z.string())),
});

/** The functions of a stack, and its machines with the values of their placeholders, that are not as CloudFormation made them. */
export type Drift = z.infer<typeof drift>;

const fileOf = (stateFolder: string, stack: Stack): string => join(stateFolder, `drift-${stack.name}.json`);

/** Reads what was updated behind CloudFormation's back, which therefore does not put it right. */
export function readDrift(stateFolder: string, stack: Stack): Drift {
  const file = fileOf(stateFolder, stack);
  return existsSync(file)
    ? drift.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { functions: [], machines: {} };
}

/** Tells whether anything of a stack was updated so. */
export const hasDrift = (stateFolder: string, stack: Stack): boolean =>
  existsSync(fileOf(stateFolder, stack));

/** Remembers what is about to be updated; before it is done, so that a killed process cannot hide it. */
export function addDrift(stateFolder: string, stack: Stack, more: Partial<Drift>): void {
  const known = readDrift(stateFolder, stack);
  const all: Drift = {
    functions: [...new Set([...known.functions, ...(more.functions ?? [])])],
    machines: { ...known.machines, ...more.machines },
  };
  writeFileSync(fileOf(stateFolder, stack), JSON.stringify(all));
}

/** Forgets it, once everything is as its sources say. */
export function clearDrift(stateFolder: string, stack: Stack): void {
  rmSync(fileOf(stateFolder, stack), { force: true });
}
