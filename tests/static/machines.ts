import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import {
  asList,
  asMap,
  at,
  type Resource,
  resources,
  type Template,
  templates,
  type Value,
  type ValueMap,
} from './templates.ts';

/** A definition as it is stored, with the placeholders in it. */
export interface Definition {
  readonly path: string;
  readonly text: string;
}

/** A state machine: its template, its definition, and what the template puts in for the placeholders. */
export interface Machine extends Definition {
  readonly template: Template;
  readonly resource: Resource;
  readonly substitutions: ValueMap;
}

/** A state with its name, wherever in the definition it stands. */
export interface State {
  readonly name: string;
  readonly state: ValueMap;
  /** The Parallel and Map states around it, outermost first. */
  readonly around: readonly ValueMap[];
}

/** Every definition in the repository. */
export const definitions: readonly Definition[] = globSync('workflows/**/*.asl.json', {
  cwd: root,
  exclude: (name) => ['node_modules', '.aws-sam'].includes(name),
})
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** Every state machine of the templates. */
export const machines: readonly Machine[] = templates.flatMap((template) =>
  resources(template, 'AWS::Serverless::StateMachine').map((resource) => {
    const path = join(dirname(template.path), String(resource.properties.DefinitionUri));
    const text = readFileSync(join(root, path), 'utf8');
    return {
      path,
      text,
      template,
      resource,
      substitutions: asMap(resource.properties.DefinitionSubstitutions),
    };
  }),
);

/** Whether a definition is a version of the photo workflow; the others belong to the café. */
export const isPhotoWorkflow = (path: string) => /\/v\d+\.asl\.json$/.test(path);

/** The versions of the photo workflow. */
export const photoMachines = machines.filter(({ path }) => isPhotoWorkflow(path));

/** Picks a state machine by the name of its definition. */
export function machine(name: string): Machine {
  const found = machines.find(({ path }) => path.endsWith(`/${name}.asl.json`));
  if (!found) throw new Error(`Expected one of ${machines.map(({ path }) => path).join(', ')}, got ${name}`);
  return found;
}

const placeholder = /\$\{([A-Za-z0-9]+)\}/g;

/** The names of the placeholders in a text. */
export const placeholders = (text: string): Set<string> =>
  new Set([...text.matchAll(placeholder)].map(([, name]) => name ?? ''));

/** A definition as it is deployed: numbers and ARNs in place of the placeholders. */
export const substituted = (text: string): ValueMap =>
  JSON.parse(
    text.replace(placeholder, (_all, name: string) => (name.endsWith('Arn') ? `arn:aws:x:::${name}` : '300')),
  );

/** Every state of a definition, those inside Map and Parallel included. */
export function statesOf(definition: ValueMap, around: readonly ValueMap[] = []): State[] {
  return Object.entries(asMap(definition.States)).flatMap(([name, value]) => {
    const state = asMap(value);
    const inner = [state.ItemProcessor, ...asList(state.Branches)].map(asMap);
    return [{ name, state, around }, ...inner.flatMap((one) => statesOf(one, [...around, state]))];
  });
}

export const tasksOf = (definition: ValueMap): State[] =>
  statesOf(definition).filter(({ state }) => state.Type === 'Task');

/** The names of the errors in each entry of a state's Retry or Catch. */
export const errorsOf = (list: Value | undefined): string[][] =>
  asList(list).map((entry) => asList(at(entry, 'ErrorEquals')).map(String));
