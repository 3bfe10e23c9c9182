import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import validate from 'asl-validator';
import { parse as parseToml } from 'smol-toml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parameterNames } from '#contracts/parameters.ts';
import { localFolder, root } from '../../scripts/lib/paths.ts';
import { stacksOf } from '../../scripts/lib/stacks.ts';
import { scaffold, versionsOf } from '../../scripts/lib/workflow/scaffold.ts';
import { placeholders, substituted } from './machines.ts';
import { asMap, at, parseTemplate, resources } from './templates.ts';

const newest = versionsOf(root).at(-1) ?? '';
const version = `v${Number(newest.slice(1)) + 1}`;
const templatePath = `workflows/templates/${version}/template.yaml`;
let tree: string;
let files: readonly string[];
const read = (path: string) => readFileSync(join(tree, path), 'utf8');

/** A copy of what `npm run workflow -- new` looks at, with one more version made in it. */
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'happy-path-new-version-'));
  for (const path of [
    ...['workflows/templates', 'workflows/statemachines', 'events/photo-uploaded'],
    ...globSync('tests/conformance', { cwd: root }),
    'samconfig.toml',
  ]) {
    cpSync(join(root, path), join(tree, path), { recursive: true });
  }
  files = scaffold(tree, version);
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

it('gives a new version a name of its own wherever it needs one', () => {
  const { text } = parseTemplate(templatePath, read(templatePath));
  expect(text).not.toMatch(new RegExp(`\\b${newest}\\b`));
  const definition = JSON.parse(read(`workflows/statemachines/${version}.asl.json`));
  expect(JSON.stringify({ ...definition, Comment: '' })).not.toMatch(new RegExp(`"${newest}"`));
  expect(files.filter((path) => path !== 'samconfig.toml' && !path.includes(version))).toEqual([]);
});

it('makes a new version listen for its own photos and register itself', () => {
  const template = parseTemplate(templatePath, read(templatePath));
  const [machine] = resources(template, 'AWS::Serverless::StateMachine');
  const pattern = at(machine?.properties, 'Events', 'PhotoUploaded', 'Properties', 'Pattern');
  expect(at(pattern, 'detail', 'data', 'workflow')).toEqual([version]);
  const [registration] = resources(template, 'AWS::SSM::Parameter');
  expect(at(registration?.properties, 'Name', 'Fn::Sub')).toBe(parameterNames.workflow(`\${Stage}`, version));
});

it('gives a new version a definition that is whole', () => {
  const text = read(`workflows/statemachines/${version}.asl.json`);
  expect(validate(substituted(text))).toMatchObject({ isValid: true, errors: [] });
  const [machine] = resources(
    parseTemplate(templatePath, read(templatePath)),
    'AWS::Serverless::StateMachine',
  );
  const given = Object.keys(asMap(machine?.properties.DefinitionSubstitutions));
  expect([...placeholders(text)].sort()).toEqual(given.sort());
});

it('gives a new version a template to which cfn-lint has nothing to say', () => {
  const { error, stdout, stderr } = spawnSync(join(localFolder, 'venv', 'bin', 'cfn-lint'), [templatePath], {
    cwd: tree,
    encoding: 'utf8',
  });
  expect(error, 'Expected cfn-lint in .local/venv; npm test installs it').toBeUndefined();
  expect(`${stdout}${stderr}`).toBe('');
});

it('lets a new version be built and deployed like the others, which stay as they were', () => {
  const [before, after] = [root, tree].map((folder) =>
    asMap(JSON.parse(JSON.stringify(parseToml(readFileSync(join(folder, 'samconfig.toml'), 'utf8'))))),
  );
  const { [version]: made, ...others } = after ?? {};
  expect(others).toEqual(before);
  expect(JSON.stringify(made).replaceAll(version, newest)).toBe(JSON.stringify(before?.[newest]));
  expect(stacksOf(tree).map(({ name }) => name)).toContain(version);
});
