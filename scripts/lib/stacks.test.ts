import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceFingerprint } from './sam.ts';
import { stacksOf } from './stacks.ts';

let root: string;
function write(file: string, text: string) {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stacks-'));
  for (const version of ['v1', 'v2', 'v10']) {
    const layer = version === 'v1' ? '' : 'ContentUri: ../../layers/vision/';
    write(
      `workflows/templates/${version}/template.yaml`,
      `DefinitionUri: ../../statemachines/${version}.asl.json\n${layer}`,
    );
    write(`workflows/statemachines/${version}.asl.json`, '{}');
  }
  write(
    'workflows/templates/orders/template.yaml',
    'DefinitionUri: ../../statemachines/orders/serve.asl.json',
  );
  write('workflows/templates/readme.txt', '');
  write('samconfig.toml', '[v1.build.parameters]\ncached = false\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const fingerprints = () =>
  Object.fromEntries(stacksOf(root).map((stack) => [stack.name, sourceFingerprint(stack)]));

const names = () => stacksOf(root).map(({ name }) => name);

it('takes each version by its folder, in the order of the numbers, and the orders before the edge', () => {
  expect(names()).toEqual(['backend', 'v1', 'v2', 'v10', 'orders', 'edge']);
});

it('is without orders as long as they have no template', () => {
  rmSync(join(root, 'workflows/templates/orders/template.yaml'));
  expect(names()).toEqual(['backend', 'v1', 'v2', 'v10', 'edge']);
});

it.each([
  ['a definition', 'workflows/statemachines/v2.asl.json', ['v2']],
  ['a template', 'workflows/templates/v10/template.yaml', ['v10']],
  ['a layer', 'workflows/layers/vision/Makefile', ['v2', 'v10']],
  ['shared code', 'workflows/imaging/decode.ts', ['v1', 'v2', 'v10']],
  ['code of the orders', 'workflows/orders/functions/close-cafe/index.ts', ['orders']],
  ['a definition of the orders', 'workflows/statemachines/orders/serve.asl.json', ['orders']],
  ['the template of the orders', 'workflows/templates/orders/template.yaml', ['orders']],
  ['a contract', 'contracts/ids.ts', ['backend', 'v1', 'v2', 'v10', 'orders']],
  ['the settings of another stack', 'samconfig.toml', []],
])('builds again after a change of %s in %s: %j', (_, file, expected) => {
  const before = fingerprints();
  write(file, `ContentUri: ../../layers/vision/\n# changed`);
  if (file === 'samconfig.toml') write(file, '[v1.build.parameters]\ncached = false\n[v5.build]\n');

  const after = fingerprints();
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(expected);
});
