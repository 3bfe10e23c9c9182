import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from './lib/args.ts';
import { cleanEnvironment, localToolEnvironment } from './lib/aws.ts';
import { findChromium } from './lib/chromium.ts';
import { Failure, runMain } from './lib/failure.ts';
import { buildFrontends } from './lib/frontends.ts';
import { limit } from './lib/limit.ts';
import { localFolder, root } from './lib/paths.ts';
import { run } from './lib/processes.ts';
import { type Stack, stacks } from './lib/stacks.ts';
import { type Counts, closingLine, countTests, sumCounts } from './lib/test-counts.ts';

const usage = 'npm test -- [suite ...]';
const frontend = join(root, 'frontend');
const passed: Counts = { passed: 1, failed: 0, skipped: 0 };
const failed: Counts = { passed: 0, failed: 1, skipped: 0 };

/** The suites, quick ones first; each goes on when another failed. */
const suites: Record<string, () => Promise<Counts>> = {
  types: () => check('tsc', ['--noEmit']),
  lint: () => check('biome', ['check', '.']),
  templates: validateTemplates,
  static: () => vitest('static'),
  unit: () => vitest('unit'),
  vision: () => vitest('vision'),
  'frontend-types': () => check('npm', ['run', '--silent', 'type-check'], frontend),
  'frontend-unit': () => vitest('frontend', frontend),
  integration: () => vitest('integration'),
  orders: () => vitest('orders'),
  conformance: () => vitest('conformance'),
  e2e: () => vitest('e2e', root, { HAPPY_PATH_CHROMIUM: findChromium() }),
  'frontend-size': measureApps,
};

await runMain(async () => {
  const { positionals } = parseArguments(usage, { allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in suites));
  if (unknown.length > 0) {
    throw new Failure(`Expected suites among ${Object.keys(suites).join(', ')}, got ${unknown.join(', ')}.`);
  }
  const results: [string, Counts, number][] = [];
  for (const [name, suite] of Object.entries(suites)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    console.log(`\n===== ${name}`);
    const started = Date.now();
    results.push([name, await suite().catch(reportFailure), (Date.now() - started) / 1000]);
  }
  console.log('\n===== all');
  for (const [name, counts, seconds] of results) {
    const mark = counts.failed > 0 ? '✗' : '✓';
    console.log(`${mark} ${name.padEnd(16)} ${closingLine(counts)} in ${seconds.toFixed(1)} s`);
  }
  const sum = sumCounts(results.map(([, counts]) => counts));
  console.log(`\n${closingLine(sum)}`);
  if (sum.failed > 0) process.exitCode = 1;
});

function reportFailure(error: unknown): Counts {
  console.error(error instanceof Failure ? error.message : error);
  return failed;
}

/** A program that passes or fails as a whole. */
async function check(command: string, args: readonly string[], cwd = root): Promise<Counts> {
  return (await show(command, args, cwd, cleanEnvironment())) === 0 ? passed : failed;
}

/** The first download must stay small; measured on what the apps are built from now. */
async function measureApps(): Promise<Counts> {
  await buildFrontends(join(localFolder, 'logs', 'build-frontends.log'));
  return check('npm', ['run', '--silent', 'size'], frontend);
}

/** As many at a time as there are processors: each is a program of its own that keeps one of them busy. */
async function validateTemplates(): Promise<Counts> {
  const atOnce = limit(availableParallelism());
  const validate = async ({ configEnv }: Stack) => {
    const args = ['validate', '--lint', '--config-env', configEnv];
    const { code, output } = await run('sam', args, { env: localToolEnvironment('http://localhost:9') });
    console.log(output.trim());
    return code;
  };
  const codes = await Promise.all(stacks.map((stack) => atOnce(() => validate(stack))));
  return codes.every((code) => code === 0) ? passed : failed;
}

async function vitest(name: string, cwd = root, environment: Record<string, string> = {}): Promise<Counts> {
  const report = join(localFolder, 'test', `${name}.json`);
  mkdirSync(join(localFolder, 'test'), { recursive: true });
  rmSync(report, { force: true });
  const which = cwd === root ? ['--project', name] : ['--config', 'vitest.config.ts'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const program = join(cwd, 'node_modules', '.bin', 'vitest');
  const code = await show(program, ['run', ...which, ...reporters], cwd, {
    ...cleanEnvironment(),
    ...environment,
  });
  return countTests(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, code);
}

/** Runs a program with its output shown, and returns its exit code. */
function show(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => reject(new Failure(`Running ${command} failed: ${error.message}`)));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
