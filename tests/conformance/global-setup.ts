import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocal } from '../../scripts/lib/local.ts';
import { localStacks, selectStacks } from '../../scripts/lib/stacks.ts';
import { at, template } from '../static/templates.ts';
import { testParameters } from './parameters.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The workflow versions under test. */
    versions: readonly string[];
  }
}

const workflows = localStacks.filter(({ name }) => /^v\d+$/.test(name));

/** Starts an app of its own with the backend and the versions asked for, all of them without `HAPPY_PATH_VERSIONS`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const asked = (process.env.HAPPY_PATH_VERSIONS ?? '').split(' ').filter(Boolean);
  const versions = selectStacks(workflows, asked);
  const backend = localStacks.filter(({ name }) => name === 'backend');
  const stateFolder = mkdtempSync(join(tmpdir(), 'happy-path-conformance-'));
  const app = await startLocal({
    stateFolder,
    apps: false,
    stacks: [...backend, ...versions],
    parameters: Object.fromEntries(versions.map((stack) => [stack.name, parametersOf(stack.template)])),
    // Retries wait no time, so that a test may use all of them up.
    environment: { SFN_WAIT_SCALE: '0' },
  });
  project.provide('outputs', app.outputs);
  project.provide(
    'versions',
    versions.map(({ name }) => name),
  );
  return async () => {
    await app.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  };
}

/** The test values of the parameters that a template has. */
function parametersOf(path: string): Record<string, string> {
  const known = at(template(path).document, 'Parameters');
  return Object.fromEntries(Object.entries(testParameters).filter(([name]) => at(known, name) !== undefined));
}
