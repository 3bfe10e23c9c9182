import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { root } from './paths.ts';

/** One deployable: a template and where it is configured in samconfig.toml. */
export interface Stack {
  readonly name: string;
  readonly template: string;
  /** Name on the local AWS and in samconfig.toml; a stage other than `local` and `dev` is appended. */
  readonly stackName: string;
  readonly configEnv: string;
  /** Files and folders whose change asks for a new build. */
  readonly inputs: readonly string[];
  /** Needs what the emulator does not have. */
  readonly onlyOnAws?: true;
}

const sharedInputs = [
  'contracts',
  'platform',
  'package.json',
  'package-lock.json',
  'samconfig.toml',
  'scripts/emulator/requirements.txt',
];

function workflow(version: string): Stack {
  return {
    name: version,
    template: `workflows/templates/${version}/template.yaml`,
    stackName: `happy-path-workflow-${version}`,
    configEnv: version,
    inputs: ['workflows', ...sharedInputs],
  };
}

/** Every stack, in the order of deployment. */
export const stacks: readonly Stack[] = [
  {
    name: 'backend',
    template: 'backend/template.yaml',
    stackName: 'happy-path-backend',
    configEnv: 'default',
    inputs: ['backend', ...sharedInputs],
  },
  workflow('v1'),
  {
    name: 'edge',
    template: 'frontend/template.yaml',
    stackName: 'happy-path-edge',
    configEnv: 'edge',
    inputs: ['frontend/template.yaml', 'frontend/edge', 'samconfig.toml'],
    onlyOnAws: true,
  },
];

/** The stacks that local mode deploys. */
export const localStacks: readonly Stack[] = stacks.filter((stack) => !stack.onlyOnAws);

/** Picks the stacks asked for by name, all of them without a name. */
export function selectStacks(from: readonly Stack[], names: readonly string[] = []): Stack[] {
  const known = from.map((stack) => stack.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`Expected stacks among ${known.join(', ')}, got ${unknown.join(', ')}.`);
  }
  return from.filter((stack) => names.length === 0 || names.includes(stack.name));
}

/** Refuses a working tree in which a template is missing. */
export function assertTemplates(wanted: readonly Stack[]): void {
  const missing = wanted.filter((stack) => !existsSync(join(root, stack.template)));
  if (missing.length === 0) return;
  const list = missing.map((stack) => stack.template).join(', ');
  throw new Failure(
    `Expected the template of every stack, but ${list} is missing. Restore it with git checkout.`,
  );
}
