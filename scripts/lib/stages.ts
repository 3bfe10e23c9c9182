import { createInterface } from 'node:readline/promises';
import type { Identity } from './account.ts';
import { Failure } from './failure.ts';
import type { Stack } from './stacks.ts';

/** A stage's name as the templates take it. */
export function parseStage(stage: string | undefined): string {
  if (stage && /^[a-z][a-z0-9]{1,9}$/.test(stage)) return stage;
  throw new Failure(
    `Expected --stage to be 2 to 10 lower-case letters and digits, such as dev, got "${stage ?? ''}".`,
  );
}

/** `local` is the emulator's stage and nothing else's. */
export function assertPlace(stage: string, endpoint = process.env.AWS_ENDPOINT_URL): void {
  if (stage !== 'local' || endpoint) return;
  throw new Failure(
    'Expected a stage of an AWS account, such as dev, got local, which is for the emulator (AWS_ENDPOINT_URL).',
  );
}

/** Name of a stack on a stage: on `dev`, the templates' default, it is the one that `sam deploy` takes from samconfig.toml. */
export function stackNameFor(stack: Pick<Stack, 'stackName'>, stage: string): string {
  return stage === 'local' || stage === 'dev' ? stack.stackName : `${stack.stackName}-${stage}`;
}

/** Parses `--parameter backend.AlarmEmail=ops@example.com` into parameters by stack. */
export function parseParameters(given: readonly string[], known: readonly string[]) {
  const byStack: Record<string, Record<string, string>> = {};
  for (const text of given) {
    const match = /^([a-z0-9]+)\.([A-Za-z0-9]+)=(.*)$/s.exec(text);
    const [, stack = '', name = '', value = ''] = match ?? [];
    if (!match || !known.includes(stack)) {
      throw new Failure(
        `Expected --parameter <stack>.<Name>=<value> with a stack among ${known.join(', ')}, got "${text}".`,
      );
    }
    byStack[stack] = { ...byStack[stack], [name]: value };
  }
  return byStack;
}

/** Shows what is about to change and asks for a word; without a terminal the answer must have been given before. */
export async function confirm(
  what: string,
  { account, caller, region }: Identity,
  names: readonly string[],
  word: string,
): Promise<void> {
  const place = process.env.AWS_ENDPOINT_URL ? ` at ${process.env.AWS_ENDPOINT_URL}` : '';
  console.log(`${what}\n  account  ${account}${place}\n  region   ${region}\n  as       ${caller}`);
  for (const name of names) console.log(`  stack    ${name}`);
  if (!process.stdin.isTTY)
    throw new Failure('Expected an answer, but there is no terminal. Say --yes to go on without asking.');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(`Type ${word} to go on: `);
  asking.close();
  if (answer.trim() !== word) throw new Failure('Nothing was changed.');
}
