import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildFolder, root } from './paths.ts';
import { assertNoManifest, failingLines } from './sam.ts';
import { selectStacks, stacks } from './stacks.ts';

const environment = z.object({
  global: z.object({ parameters: z.object({ stack_name: z.string() }) }),
  validate: z.object({ parameters: z.object({ template_file: z.string(), lint: z.literal(true) }) }),
  build: z.object({ parameters: z.object({ template_file: z.string(), build_dir: z.string() }) }),
  deploy: z.object({ parameters: z.object({ template_file: z.string(), resolve_s3: z.literal(true) }) }),
});
const samconfig = z.looseObject({}).parse(parse(readFileSync(join(root, 'samconfig.toml'), 'utf8')));

describe.each(stacks)('stack $name', (stack) => {
  it('is in samconfig.toml under the same name, template and build folder', () => {
    const { global, validate, build, deploy } = environment.parse(samconfig[stack.configEnv]);

    expect(global.parameters.stack_name).toBe(stack.stackName);
    expect(validate.parameters.template_file).toBe(stack.template);
    expect(build.parameters.template_file).toBe(stack.template);
    expect(join(root, build.parameters.build_dir)).toBe(buildFolder(stack.name));
    expect(deploy.parameters.template_file).toBe(`${build.parameters.build_dir}/template.yaml`);
  });

  it('has no function folder in which SAM would run npm', () => {
    expect(() => assertNoManifest(stack)).not.toThrow();
  });
});

describe('selectStacks', () => {
  it('keeps the order of deployment', () => {
    expect(selectStacks(stacks, ['v1', 'backend']).map((stack) => stack.name)).toEqual(['backend', 'v1']);
    expect(selectStacks(stacks)).toEqual(stacks);
  });

  it('names the stacks that there are when asked for another', () => {
    expect(() => selectStacks(stacks, ['v9'])).toThrow(/among backend, v1.*got v9/);
  });
});

describe('failingLines', () => {
  it('begins where the output first speaks of an error', () => {
    expect(failingLines('Building\n\nBuild Failed\nError: esbuild said no\n')).toBe(
      'Build Failed\nError: esbuild said no',
    );
  });

  it('shows the end of an output that names no error', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    expect(failingLines(lines.join('\n')).split('\n')).toEqual(lines.slice(-15));
  });
});
