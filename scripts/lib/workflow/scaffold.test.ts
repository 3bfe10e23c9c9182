import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root as repository } from '../paths.ts';
import { scaffold, versionsOf } from './scaffold.ts';

let root: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const read = (path: string) => readFileSync(join(root, path), 'utf8');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'happy-path-scaffold-'));
  for (const version of ['v1', 'v9', 'v10']) {
    write(`workflows/templates/${version}/template.yaml`, `Description: workflow-${version}, not v100\n`);
    write(`workflows/statemachines/${version}.asl.json`, '{\n  "Comment": "old \\"words\\""\n}\n');
  }
  cpSync(join(repository, 'events/photo-uploaded/arrived.json'), join(root, 'arrived.json'));
  write('events/photo-uploaded/arrived.json', read('arrived.json'));
  write(
    'samconfig.toml',
    'version = 0.1\n\n[v10.deploy.parameters]\na = "v10"\n\n[edge.build.parameters]\nb = 1\n',
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('finds the versions in the order of their numbers', () => {
  expect(versionsOf(root)).toEqual(['v1', 'v9', 'v10']);
});

it('makes a version of the newest one, under its own name everywhere', () => {
  const files = scaffold(root, 'v11');
  expect(files).toEqual([
    'workflows/templates/v11/template.yaml',
    'workflows/statemachines/v11.asl.json',
    'events/photo-uploaded/for-v11.json',
    'samconfig.toml',
  ]);
  expect(read('workflows/templates/v11/template.yaml')).toBe('Description: workflow-v11, not v100\n');
  expect(JSON.parse(read('workflows/statemachines/v11.asl.json')).Comment).toMatch(/^v11: v10 \+ /);
  expect(JSON.parse(read('events/photo-uploaded/for-v11.json')).detail.data.workflow).toBe('v11');
  expect(read('samconfig.toml')).toBe(
    'version = 0.1\n\n[v10.deploy.parameters]\na = "v10"\n\n[v11.deploy.parameters]\na = "v11"\n\n[edge.build.parameters]\nb = 1\n',
  );
});

it('takes the conformance scenarios of the newest version along', () => {
  write('tests/conformance/v10.ts', "export const version = 'v10';\n");
  expect(scaffold(root, 'v11')).toContain('tests/conformance/v11.ts');
  expect(read('tests/conformance/v11.ts')).toContain("'v11'");
});

it.each(['v1', 'v10'])('refuses %s, which is there, and says what is next', (version) => {
  expect(() => scaffold(root, version)).toThrow('Next is v11');
});

it('overwrites no file that somebody left', () => {
  write('workflows/statemachines/v11.asl.json', '{}');
  expect(() => scaffold(root, 'v11')).toThrow('v11.asl.json');
  expect(existsSync(join(root, 'workflows/templates/v11'))).toBe(false);
  expect(read('samconfig.toml')).not.toContain('v11');
});
