import { Failure } from '../failure.ts';
import type { Stack } from '../stacks.ts';

/** What came of a set of changed files. */
export interface Report {
  readonly changes: readonly string[];
  /** Functions and state machines that were updated, by logical id and stack. */
  readonly updates: { id: string; stack: string }[];
  /** `file:line:column message` */
  readonly problems: string[];
  /** Something that runs is made of these files. */
  looked: boolean;
}

const lastGood = 'The last good version keeps running.';
/** More names than these say less than their number. */
const namesShown = 4;

/** Says in one line what was updated, or what is wrong and where; nothing for files that nothing is made of. */
export function updateLine({ changes, updates, problems, looked }: Report, ms: number): string | undefined {
  const time = `in ${(ms / 1000).toFixed(1)} s`;
  const lines = [...new Set(problems)].map((problem) => `✗ ${problem}`);
  if (lines.length > 0) lines.push(`  ${lastGood}`);
  if (updates.length > 0) lines.unshift(`✓ Updated ${nameAll(updates)} ${time}`);
  else if (looked && lines.length === 0) lines.push(`· ${changes.join(', ')}: nothing that runs has changed`);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function nameAll(updates: Report['updates']): string {
  const byId = Map.groupBy(updates, ({ id }) => id);
  const stacks = (some: Report['updates']) => [...new Set(some.map(({ stack }) => stack))].sort().join(', ');
  if (byId.size > namesShown) return `${byId.size} functions and state machines (${stacks(updates)})`;
  return [...byId].map(([id, some]) => `${id} (${stacks(some)})`).join(', ');
}

/** Says why a stack could not be deployed. */
export function failureLines(stack: Stack, error: unknown, places: readonly string[]): string {
  const message = error instanceof Failure ? error.message : String(error);
  const shown = places.length > 0 ? places : message.split('\n').filter((line) => line.trim() !== '');
  return [...shown.map((line) => `✗ ${line}`), `  ${stack.name} was not deployed. ${lastGood}`].join('\n');
}
