import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Sources, watchSources } from './sources.ts';

let folder: string;
let sources: Sources;
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
  for (const name of ['contracts', 'backend', 'workflows/node_modules']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  write('contracts/a.ts', '1');
  write('contracts/b.ts', '1');
  sources = await watchSources(folder);
});
afterEach(async () => {
  await sources.close();
  rmSync(folder, { recursive: true });
});

it('takes together what is written, renamed, made and deleted at about the same time', async () => {
  write('contracts/a.ts~', '2');
  renameSync(join(folder, 'contracts/a.ts~'), join(folder, 'contracts/a.ts'));
  rmSync(join(folder, 'contracts/b.ts'));
  mkdirSync(join(folder, 'backend/functions/new'), { recursive: true });
  write('backend/functions/new/index.ts', '1');

  expect(await sources.changed()).toBeLessThanOrEqual(Date.now());
  expect(sources.take()).toEqual(['backend/functions/new/index.ts', 'contracts/a.ts', 'contracts/b.ts']);
  expect(sources.take()).toEqual([]);
});

it('takes no file that is saved as it was, no test and no package', async () => {
  write('contracts/a.ts', '1');
  write('contracts/a.test.ts', '1');
  write('workflows/node_modules/a.js', '1');

  expect(sources.take()).toEqual([]);
});

it('keeps for the next time what changes after it was asked', async () => {
  write('contracts/a.ts', '2');
  await sources.changed();
  sources.take();
  write('contracts/a.ts', '3');

  await sources.changed();
  expect(sources.take()).toEqual(['contracts/a.ts']);
});

it('tells when it is over', async () => {
  const changed = sources.changed();
  await sources.close();
  expect(await changed).toBeUndefined();
});
