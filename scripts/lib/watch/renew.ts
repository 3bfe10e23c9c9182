import { Failure } from '../failure.ts';
import type { Stack } from '../stacks.ts';
import { bundleAll, keyOf } from './bundle.ts';
import { clearDrift, readDrift } from './drift.ts';
import { type Clients, connectStack, type LiveStack } from './live-stack.ts';

/** Puts a stack right that was updated without CloudFormation in an earlier run. */
export async function settleStack(stack: Stack, clients: Clients, stateFolder: string): Promise<void> {
  const problems = await renew(await connectStack(stack, clients, stateFolder), stateFolder);
  if (problems.length > 0) throw new Failure(problems.join('\n'));
  clearDrift(stateFolder, stack);
}

/** Updates what CloudFormation may hold for unchanged, because it has not seen the update before. */
export async function renew(live: LiveStack, stateFolder: string): Promise<string[]> {
  const { stack, sources } = live;
  const drift = readDrift(stateFolder, stack);
  const functions = sources.functions.filter(({ id }) => drift.functions.includes(id));
  const bundles = await bundleAll(stack.root, functions);
  const problems: string[] = [];
  for (const source of functions) {
    const bundle = bundles.get(keyOf(source));
    if (bundle && 'digest' in bundle) await live.updateFunction(source, bundle);
    else problems.push(...(bundle?.problems ?? []));
  }
  for (const machine of sources.machines.filter(({ id }) => id in drift.machines)) {
    const update = await live.updateMachine(machine);
    if ('problems' in update) problems.push(...update.problems);
  }
  return problems;
}
