import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { Failure } from '../failure.ts';
import type { Stack } from '../stacks.ts';
import { type BundleOptions, buildProperties } from './bundle.ts';

/** A function that watch mode can bundle by itself. */
export interface FunctionSource {
  readonly id: string;
  /** Path of its entry point. */
  readonly entry: string;
  readonly options: BundleOptions;
}

/** A state machine and the file of its definition. */
export interface MachineSource {
  readonly id: string;
  readonly definition: string;
  /** The placeholders for which the template gives values. */
  readonly placeholders: readonly string[];
}

/** What a template is made of. */
export interface StackSources {
  readonly functions: readonly FunctionSource[];
  readonly machines: readonly MachineSource[];
  /** Folders that only SAM can build: layers, and functions that are not made by esbuild. */
  readonly others: readonly string[];
}

const resource = z.looseObject({
  Type: z.string().optional(),
  Properties: z
    .looseObject({
      CodeUri: z.string().optional(),
      ContentUri: z.string().optional(),
      DefinitionUri: z.string().optional(),
      DefinitionSubstitutions: z.record(z.string(), z.unknown()).default({}),
    })
    .nullish(),
  Metadata: z
    .looseObject({ BuildMethod: z.string().optional(), BuildProperties: z.unknown().optional() })
    .nullish(),
});
const template = z.looseObject({ Resources: z.record(z.string(), resource) });

/** Reads which files a stack is made of; a template that is no YAML is refused with its line. */
export function readSources({ root, template: path }: Stack): StackSources {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(root, path), 'utf8'), {
    lineCounter: lines,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new Failure(`${path}:${line}:${col} ${error.message}`);
  }
  const parsed = template.safeParse(document.toJS());
  if (!parsed.success) throw new Failure(`${path}:1:1 Expected a template: ${z.prettifyError(parsed.error)}`);
  return sort(dirname(path), Object.entries(parsed.data.Resources));
}

function sort(folder: string, resources: [string, z.infer<typeof resource>][]): StackSources {
  const functions: FunctionSource[] = [];
  const machines: MachineSource[] = [];
  const others: string[] = [];
  for (const [id, { Properties, Metadata }] of resources) {
    const { CodeUri, ContentUri, DefinitionUri, DefinitionSubstitutions } = Properties ?? {};
    const placeholders = Object.keys(DefinitionSubstitutions ?? {});
    if (DefinitionUri) machines.push({ id, definition: join(folder, DefinitionUri), placeholders });
    if (ContentUri) others.push(join(folder, ContentUri));
    if (!CodeUri) continue;
    const built = Metadata?.BuildMethod === 'esbuild' && buildProperties(Metadata.BuildProperties);
    if (built) functions.push({ id, entry: join(folder, CodeUri, built.entry), options: built.options });
    else others.push(join(folder, CodeUri));
  }
  return { functions, machines, others };
}
