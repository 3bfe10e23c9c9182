import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocal } from '../../scripts/lib/local.ts';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import { localStacks } from '../../scripts/lib/stacks.ts';

declare module 'vitest' {
  interface ProvidedContext {
    outputs: LocalOutputs;
  }
}

/** Starts an app of its own for this run: own ports, own data, nothing left behind. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'happy-path-integration-'));
  // The café orders have tests, and an app, of their own.
  const stacks = localStacks.filter(({ name }) => name !== 'orders');
  const app = await startLocal({ stateFolder, stacks, apps: false });
  project.provide('outputs', app.outputs);
  return async () => {
    await app.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  };
}
