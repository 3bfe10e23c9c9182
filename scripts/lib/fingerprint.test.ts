import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

describe('fingerprint', () => {
  let folder = '';
  const take = (...extra: string[]) => fingerprint(folder, ['code', 'package.json', 'absent'], extra);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fingerprint-'));
    mkdirSync(join(folder, 'code', 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'code', 'index.ts'), 'export {}');
    writeFileSync(join(folder, 'package.json'), '{}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('stays the same while the inputs do', () => {
    expect(take()).toBe(take());
  });

  it.each([
    ['a changed file', 'code/index.ts', true],
    ['a new file', 'code/other.ts', true],
    ['a file that was absent', 'absent', true],
    ['a test', 'code/index.test.ts', false],
    ['a document', 'code/notes.md', false],
    ['an installed package', 'code/node_modules/a.js', false],
    ['a file beside the inputs', 'other.ts', false],
  ])('notices %s in %s: %j', (_, file, changes) => {
    // Prepare
    const before = take();

    // Act
    writeFileSync(join(folder, file), 'changed');

    // Assess
    expect(take() !== before).toBe(changes);
  });

  it('notices a change in what else the result depends on', () => {
    expect(take('v24.0.0')).not.toBe(take('v24.1.0'));
  });
});
