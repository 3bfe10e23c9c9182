import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BundleInput, buildProperties, bundleAll, keyOf } from './bundle.ts';

let folder: string;
const given = {
  EntryPoints: ['index.ts'],
  Target: 'node24',
  MainFields: 'module,main',
  Minify: true,
  KeepNames: true,
};

function input(name: string, more: object = {}): BundleInput {
  const built = buildProperties({ ...given, ...more });
  if (!built) throw new Error('Expected properties that are known');
  return { ...built, entry: `${name}/${built.entry}` };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const files = {
    'shared.ts': "export const word: string = 'shared';",
    'between.ts': "export { word } from './shared.ts';",
    'good/index.ts': "import { word } from '../between.ts';\nexport const handler = () => word;",
    'other/index.ts': "import sharp from 'sharp';\nexport const handler = () => sharp;",
    'bad/index.ts': "import { word } from '../shared.ts';\nexport const handler = () => ;",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

it('makes one file for each function and knows what went into it', async () => {
  const [good, other] = [input('good'), input('other', { External: ['sharp'] })];
  const bundles = await bundleAll(folder, [good, good, other]);

  expect(bundles.size).toBe(2);
  expect(bundles.get(keyOf(good))).toMatchObject({
    files: [{ name: 'index.js' }],
    inputs: ['good/index.ts', 'between.ts', 'shared.ts'],
  });
  expect(bundles.get(keyOf(other))).toMatchObject({ inputs: ['other/index.ts'] });
});

it('names the place of a mistake and makes the others all the same', async () => {
  const bundles = await bundleAll(folder, [input('good'), input('bad')]);

  expect(bundles.get(keyOf(input('good')))).toHaveProperty('digest');
  expect(bundles.get(keyOf(input('bad')))).toEqual({
    problems: [expect.stringMatching(/^bad\/index\.ts:2:30 /)],
  });
});

it('leaves to SAM what it does not know', () => {
  expect(buildProperties({ ...given, Splitting: true })).toBeUndefined();
  expect(buildProperties({ ...given, OutExtension: ['.js=.mjs'] })?.options.outExtension).toEqual({
    '.js': '.mjs',
  });
});
