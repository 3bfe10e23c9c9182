import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArguments } from './lib/args.ts';
import { cleanEnvironment } from './lib/aws.ts';
import { Failure, runMain } from './lib/failure.ts';
import { root } from './lib/paths.ts';
import { localStacks, selectStacks } from './lib/stacks.ts';

const usage = 'npm run test:workflow -- v3 [v4 ...]';

/** Runs the scenarios that every workflow version must pass, and the versions' own, against an emulator of this run. */
await runMain(async () => {
  const { positionals } = parseArguments(usage, { allowPositionals: true });
  if (positionals.length === 0) {
    throw new Failure(`Expected a workflow version such as v3, got none.\nUsage: ${usage}`);
  }
  const workflows = localStacks.filter(({ name }) => /^v\d+$/.test(name));
  const versions = selectStacks(workflows, positionals).map(({ name }) => name);
  const started = Date.now();
  const program = join(root, 'node_modules', '.bin', 'vitest');
  const { status, error } = spawnSync(program, ['run', '--project', 'conformance'], {
    cwd: root,
    env: { ...cleanEnvironment(), HAPPY_PATH_VERSIONS: versions.join(' ') },
    stdio: 'inherit',
  });
  if (error) throw new Failure(`Running ${program} failed: ${error.message}`);
  const outcome = status === 0 ? 'passed' : 'failed';
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`\n${versions.join(', ')}: ${outcome} (${seconds} s).`);
  process.exitCode = status ?? 1;
});
