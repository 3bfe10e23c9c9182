import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocal } from '../../scripts/lib/local.ts';
import { localStacks } from '../../scripts/lib/stacks.ts';

/** Seconds for a guest or a barista to answer: long enough for every test that answers, short for those that do not. */
export const patience = 25;

/** Starts the backend and the orders stack alone, with limits in seconds: neither needs any other stack. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'happy-path-orders-'));
  const limits = {
    // The longest, so that hardly a test meets its end; those about the end have a clock of their own.
    WindowSeconds: 3600,
    ChooseSeconds: patience,
    PrepareSeconds: patience,
    LeadSeconds: 1,
    StampDelaySeconds: 2,
    GraceSeconds: 20,
  };
  const app = await startLocal({
    stateFolder,
    stacks: localStacks.filter(({ name }) => name === 'backend' || name === 'orders'),
    parameters: {
      orders: Object.fromEntries(Object.entries(limits).map(([name, seconds]) => [name, String(seconds)])),
    },
  });
  project.provide('outputs', app.outputs);
  return async () => {
    await app.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  };
}
