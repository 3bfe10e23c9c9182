import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { zip } from './zip.ts';

it('makes an archive that another program unpacks, the same one each time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  const entries = [
    { name: 'index.js', contents: Buffer.from('x'.repeat(100_000)) },
    { name: 'index.js.map', contents: Buffer.from('{}') },
  ];
  writeFileSync(join(folder, 'a.zip'), zip(entries));
  execFileSync('python3', ['-m', 'zipfile', '-t', join(folder, 'a.zip')]);
  execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, 'a.zip'), folder]);

  for (const { name, contents } of entries) expect(readFileSync(join(folder, name))).toEqual(contents);
  expect(zip(entries)).toEqual(zip(entries));
  rmSync(folder, { recursive: true });
});
