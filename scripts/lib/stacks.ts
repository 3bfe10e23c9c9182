import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './failure.ts';
import { root as repository } from './paths.ts';

/** One deployable: a template and where it is configured in samconfig.toml. */
export interface Stack {
  readonly name: string;
  /** The folder that the template and the inputs are relative to, with the samconfig.toml. */
  readonly root: string;
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
  'scripts/emulator/requirements.txt',
];

/** Folders of `workflows/` with what is one version's or the café orders' own; the others hold code that versions share. */
const notShared = ['templates', 'statemachines', 'layers', 'orders'];

/** Every stack of a working tree, in the order of deployment; each folder `workflows/templates/v*` is one, and so is `orders`. */
export function stacksOf(root: string): readonly Stack[] {
  return [
    {
      name: 'backend',
      root,
      template: 'backend/template.yaml',
      stackName: 'happy-path-backend',
      configEnv: 'default',
      inputs: ['backend', ...sharedInputs],
    },
    ...workflowVersions(root).map((version) => workflow(root, version)),
    ...orders(root),
    {
      name: 'edge',
      root,
      template: 'frontend/template.yaml',
      stackName: 'happy-path-edge',
      configEnv: 'edge',
      inputs: ['frontend/template.yaml', 'frontend/edge'],
      onlyOnAws: true,
    },
  ];
}

function workflowVersions(root: string): string[] {
  return namesIn(join(root, 'workflows', 'templates'))
    .filter((name) => /^v\d+$/.test(name))
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

function workflow(root: string, version: string): Stack {
  const folder = `workflows/templates/${version}`;
  const template = `${folder}/template.yaml`;
  const shared = namesIn(join(root, 'workflows')).filter((name) => !notShared.includes(name));
  return {
    name: version,
    root,
    template,
    stackName: `happy-path-workflow-${version}`,
    configEnv: version,
    inputs: [
      folder,
      ...filesOf(root, template),
      'workflows/layers/build-once.sh',
      ...shared.map((name) => `workflows/${name}`),
      ...sharedInputs,
    ],
  };
}

/** The café orders: a capability of its own on the same bus, which a working tree may be without. */
function orders(root: string): Stack[] {
  const folder = 'workflows/templates/orders';
  const template = `${folder}/template.yaml`;
  if (!existsSync(join(root, template))) return [];
  const inputs = [folder, ...filesOf(root, template), 'workflows/orders', ...sharedInputs];
  return [{ name: 'orders', root, template, stackName: 'happy-path-orders', configEnv: 'orders', inputs }];
}

/** The definitions and layers that a template names. */
function filesOf(root: string, template: string): string[] {
  const file = join(root, template);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return [...text.matchAll(/(?:DefinitionUri|ContentUri):\s*([^\s,}]+)/g)].map(([, path = '']) =>
    join(dirname(template), path),
  );
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** Every stack of this repository, in the order of deployment. */
export const stacks: readonly Stack[] = stacksOf(repository);

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
  const missing = wanted.filter((stack) => !existsSync(join(stack.root, stack.template)));
  if (missing.length === 0) return;
  const list = missing.map((stack) => stack.template).join(', ');
  throw new Failure(
    `Expected the template of every stack, but ${list} is missing. Restore it with git checkout.`,
  );
}
