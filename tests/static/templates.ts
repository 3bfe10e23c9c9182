import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument, Scalar } from 'yaml';
import { root } from '../../scripts/lib/paths.ts';

/** What a template is made of, once each short form stands as its `Fn::` object. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap;
export interface ValueMap {
  readonly [name: string]: Value;
}

/** A SAM template, as text for its comments and as data for everything else. */
export interface Template {
  readonly path: string;
  readonly text: string;
  readonly document: ValueMap;
}

/** A resource; a function's properties have the global ones filled in. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: ValueMap;
  readonly body: ValueMap;
}

/** Parses a template's text; short forms such as `!Sub` become `{ "Fn::Sub": ... }`. */
export function parseTemplate(path: string, text: string): Template {
  const parsed = parseDocument(text, { logLevel: 'silent' });
  const [error] = parsed.errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  return { path, text, document: asMap(toValue(parsed.contents)) };
}

function toValue(node: unknown): Value {
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }): [string, Value] => [
      String(key instanceof Scalar ? key.value : key),
      toValue(value),
    ]);
    return untag(node.tag, Object.fromEntries(pairs));
  }
  if (isSeq(node)) return untag(node.tag, node.items.map(toValue));
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return untag(node.tag, value);
  }
  return null;
}

function untag(tag: string | undefined, value: Value): Value {
  if (!tag?.startsWith('!')) return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };
  const dot = value.indexOf('.');
  return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] };
}

/** Every template of the repository; found and not listed, so that a new stack is tested from its first day. */
export const templates: readonly Template[] = globSync('**/template.yaml', {
  cwd: root,
  exclude: (name) => ['node_modules', '.aws-sam', '.local', '.git', 'dist'].includes(name),
})
  .sort()
  .map((path) => parseTemplate(path, readFileSync(join(root, path), 'utf8')));

/** Picks a template by its path. */
export function template(path: string): Template {
  const found = templates.find((one) => one.path === path);
  if (!found) throw new Error(`Expected one of ${templates.map((one) => one.path).join(', ')}, got ${path}`);
  return found;
}

/** Tells a mapping from lists and single values. */
export function isObject(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A mapping as it is, anything else as an empty one. */
export function asMap(value: Value | undefined): ValueMap {
  return isObject(value) ? value : {};
}

/** A list as it is, one value as a list of itself, nothing as an empty list. */
export function asList(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Value];
}

/** Reads a value deep in a template; undefined when something on the way is not there. */
export function at(value: Value | undefined, ...path: string[]): Value | undefined {
  let current = value;
  for (const name of path) current = isObject(current) ? current[name] : undefined;
  return current;
}

/** The resources of a template, of one type when it is given. */
export function resources({ document }: Template, type?: string): Resource[] {
  return Object.entries(asMap(document.Resources))
    .map(([id, body]) => ({
      id,
      type: String(at(body, 'Type')),
      properties: properties(document, asMap(body)),
      body: asMap(body),
    }))
    .filter((resource) => type === undefined || resource.type === type);
}

function properties(document: ValueMap, body: ValueMap): ValueMap {
  const own = asMap(body.Properties);
  if (body.Type !== 'AWS::Serverless::Function') return own;
  const shared = asMap(at(document, 'Globals', 'Function'));
  const variables = {
    ...asMap(at(shared, 'Environment', 'Variables')),
    ...asMap(at(own, 'Environment', 'Variables')),
  };
  return { ...shared, ...own, Environment: { Variables: variables } };
}

export const functionsOf = (one: Template): Resource[] => resources(one, 'AWS::Serverless::Function');

/** The logical id that a value refers to by Ref or GetAtt. */
export function referent(value: Value | undefined): string | undefined {
  const reference = at(value, 'Ref') ?? asList(at(value, 'Fn::GetAtt'))[0];
  return typeof reference === 'string' ? reference : undefined;
}

/** Every string inside a value, with the names of what it refers to. */
export function strings(value: Value | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return isObject(value) ? Object.values(value).flatMap(strings) : [];
}

/** The logical ids that a value refers to in any way, `${Id.Arn}` in a Sub included. */
export function references(value: Value | undefined): Set<string> {
  const ids = strings(value).flatMap((text) => [
    text,
    ...[...text.matchAll(/\$\{([A-Za-z0-9]+)[.}]/g)].map(([, id]) => id ?? ''),
  ]);
  return new Set(ids);
}

/** Every object inside a value that has a property of this name, with the value of that property. */
export function find(value: Value | undefined, name: string): { owner: ValueMap; found: Value }[] {
  if (Array.isArray(value)) return value.flatMap((inner: Value) => find(inner, name));
  if (!isObject(value)) return [];
  const own = value[name];
  const inner = Object.values(value).flatMap((child) => find(child, name));
  return own === undefined ? inner : [{ owner: value, found: own }, ...inner];
}
