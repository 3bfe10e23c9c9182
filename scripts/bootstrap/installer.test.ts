import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, waitUntil } from '../lib/processes.ts';
import { runInstaller } from './installer.mjs';

/** A program that runs one stubborn installer and passes on its process id. */
const starter = `
  import { runInstaller, stopOnSignal } from '${new URL('installer.mjs', import.meta.url).href}';
  import { readFileSync, rmSync } from 'node:fs';
  const file = '${join(tmpdir(), 'happy-path-installer-')}' + process.pid;
  stopOnSignal();
  void runInstaller('sh', ['-c', 'trap "" TERM; echo $$ > ' + file + '; while :; do sleep 0.1; done'], '/');
  const look = setInterval(() => {
    try {
      const pid = readFileSync(file, 'utf8').trim();
      if (pid === '') return;
      clearInterval(look);
      rmSync(file);
      console.log(pid);
    } catch {}
  }, 20);
`;

test('an installer answers its exit code and everything it said', async () => {
  // Act
  const ended = await runInstaller('sh', ['-c', 'echo out; echo err >&2; exit 3'], tmpdir());
  // Assess
  expect(ended.code).toBe(3);
  expect(ended.output).toContain('out\n');
  expect(ended.output).toContain('err\n');
});

test('a command that is missing ends with 127, as in a shell', async () => {
  // Act
  const { code } = await runInstaller('no-such-command', [], tmpdir());
  // Assess
  expect(code).toBe(127);
});

test('an installer that ignores signals ends with the process that started it', async () => {
  // Prepare
  const parent = spawn(process.execPath, ['--input-type=module', '-e', starter], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said]: unknown[] = await once(parent.stdout, 'data');
  const installer = Number(said);
  const exited = once(parent, 'exit');
  // Act
  parent.kill('SIGTERM');
  // Assess
  expect(await exited).toEqual([143, null]);
  expect(installer).toBeGreaterThan(0);
  expect(await waitUntil(() => !isAlive(installer), 3000)).toBe(true);
});
