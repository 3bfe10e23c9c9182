import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { parseArguments } from './lib/args.ts';
import { cleanEnvironment, localToolEnvironment } from './lib/aws.ts';
import { findChromium } from './lib/chromium.ts';
import { Failure, runMain } from './lib/failure.ts';
import { buildFrontends } from './lib/frontends.ts';
import { limit } from './lib/limit.ts';
import { localFolder, root } from './lib/paths.ts';
import { run } from './lib/processes.ts';
import { type Stack, stacks } from './lib/stacks.ts';
import { type Counts, closingLine, countTests, describeFailures, sumCounts } from './lib/test-counts.ts';

const usage = 'npm test -- [suite ...]';
const frontend = join(root, 'frontend');
const passed: Counts = { passed: 1, failed: 0, skipped: 0 };
const failed: Counts = { passed: 0, failed: 1, skipped: 0 };

/** A suite says what it has to say at once when it is over, so that several can run side by side. */
type Suite = (say: (text: string) => void) => Promise<Counts>;

/**
 * Lanes that run side by side, about as long; each suite runs when one before it failed, too. All rounds of the proofs
 * (tests/support/proof.ts) leave no room beside them: then one lane runs after the other.
 */
const lanes: readonly Record<string, Suite>[] = [
  {
    types: check('tsc', ['--noEmit']),
    lint: check('biome', ['check', '.']),
    templates: validateTemplates,
    static: vitest('static'),
    unit: vitest('unit'),
    vision: vitest('vision'),
    'frontend-types': check('npm', ['run', '--silent', 'type-check'], frontend),
    'frontend-unit': vitest('frontend', frontend),
    'frontend-size': measureApps,
    integration: vitest('integration'),
  },
  { conformance: vitest('conformance') },
  { orders: vitest('orders'), e2e: vitest('e2e') },
];
/** What asks for all that the machine has comes last, alone. */
const alone: Record<string, Suite> = { swap: vitest('swap') };
const names = [...lanes, alone].flatMap((lane) => Object.keys(lane));

await runMain(async () => {
  const { positionals } = parseArguments(usage, { allowPositionals: true });
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`Expected suites among ${names.join(', ')}, got ${unknown.join(', ')}.`);
  }
  const wanted = (name: string) => positionals.length === 0 || positionals.includes(name);
  const atOnce = limit(process.env.HAPPY_PATH_PROOF === 'full' ? 1 : lanes.length);
  const results = (await Promise.all(lanes.map((lane) => atOnce(() => runLane(lane, wanted))))).flat();
  results.push(...(await runLane(alone, wanted)));
  console.log('\n===== all');
  for (const [name, counts, seconds] of results) {
    const mark = counts.failed > 0 ? '✗' : '✓';
    console.log(`${mark} ${name.padEnd(16)} ${closingLine(counts)} in ${seconds.toFixed(1)} s`);
  }
  for (const [name, { failed }] of results) {
    if (failed > 0) console.log([`\n✗ ${name}`, ...describeFailures(readReport(name))].join('\n'));
  }
  const sum = sumCounts(results.map(([, counts]) => counts));
  console.log(`\n${closingLine(sum)}`);
  if (sum.failed > 0) process.exitCode = 1;
});

async function runLane(lane: Record<string, Suite>, wanted: (name: string) => boolean) {
  const results: [string, Counts, number][] = [];
  for (const [name, suite] of Object.entries(lane).filter(([each]) => wanted(each))) {
    console.log(`===== ${name} begins`);
    const started = Date.now();
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const counts = await suite(say).catch((error: unknown) => {
      say(error instanceof Failure ? error.message : inspect(error));
      return failed;
    });
    console.log(`\n===== ${name}\n${said.join('\n')}`);
    results.push([name, counts, (Date.now() - started) / 1000]);
  }
  return results;
}

/** A program that passes or fails as a whole. */
function check(command: string, args: readonly string[], cwd = root): Suite {
  return async (say) => {
    const { code, output } = await run(command, args, { cwd, env: cleanEnvironment() });
    say(output);
    return code === 0 ? passed : failed;
  };
}

/** The first download must stay small; measured on what the apps are built from now. */
async function measureApps(say: (text: string) => void): Promise<Counts> {
  await buildFrontends(join(localFolder, 'logs', 'build-frontends.log'));
  return check('npm', ['run', '--silent', 'size'], frontend)(say);
}

/** As many at a time as there are processors: each is a program of its own that keeps one of them busy. */
async function validateTemplates(say: (text: string) => void): Promise<Counts> {
  const atOnce = limit(availableParallelism());
  const validate = async ({ configEnv }: Stack) => {
    const args = ['validate', '--lint', '--config-env', configEnv];
    const { code, output } = await run('sam', args, { env: localToolEnvironment('http://localhost:9') });
    say(output.trim());
    return code;
  };
  const codes = await Promise.all(stacks.map((stack) => atOnce(() => validate(stack))));
  return codes.every((code) => code === 0) ? passed : failed;
}

function vitest(name: string, cwd = root): Suite {
  return async (say) => {
    const report = reportFile(name);
    rmSync(report, { force: true });
    const which = cwd === root ? ['--project', name] : ['--config', 'vitest.config.ts'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const env = { ...cleanEnvironment(), ...(name === 'e2e' && { HAPPY_PATH_CHROMIUM: findChromium() }) };
    const program = join(cwd, 'node_modules', '.bin', 'vitest');
    const logFile = join(localFolder, 'test', `${name}.log`);
    const { code, output } = await run(program, ['run', ...which, ...reporters], { cwd, env, logFile });
    say(output);
    return countTests(readReport(name), code);
  };
}

function reportFile(name: string): string {
  return join(localFolder, 'test', `${name}.json`);
}

function readReport(name: string): unknown {
  const report = reportFile(name);
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
}
