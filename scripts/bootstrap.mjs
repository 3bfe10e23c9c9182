// The first file that runs on a fresh clone: it may use only what Node 20 has, and no package.
// It installs what is missing (npm packages, Python tools) and hands over to scripts/<verb>.ts on the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  installAdvice,
  isAtLeast,
  isInstalled,
  oldestNode,
  oldestPython,
  parseVersion,
  pythonCandidates,
  requirementsStamp,
  tellingLines,
} from './bootstrap/checks.mjs';
import { endWithNpm, runInstaller, signals, stopOnSignal } from './bootstrap/installer.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const venv = join(root, '.local', 'venv');
const requirementsFile = join(root, 'scripts', 'emulator', 'requirements.txt');
const frontEndVerbs = ['start', 'test', 'deploy', 'graphs'];
const verbsWithoutPython = ['samples', 'schemas', 'graphs', 'stop', 'reset'];

/** An expected failure: its message is all that the person needs. */
class Failure extends Error {}

function checkMachine() {
  if (process.platform === 'win32')
    throw new Failure(
      'Expected Linux, macOS or WSL, got Windows. Open this folder in WSL and run the same command there.',
    );
  if (!isAtLeast(parseVersion(process.version), oldestNode)) {
    throw new Failure(
      `Expected Node.js ${oldestNode[0]} or newer, got ${process.version}. Install a current Node.js (https://nodejs.org) and run the same command again.`,
    );
  }
}

/** Runs an installer; says every ten seconds that it still runs, and keeps its output for the case that it fails. */
async function install(what, command, args, cwd = root) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log(`Installing ${what} ... (once; a minute or two)`);
  const beat = setInterval(() => {
    const slow =
      seconds() >= 240
        ? ' The package registry seems slow; nothing is wrong as long as this line comes.'
        : '';
    console.log(`  still installing ${what} (${seconds()} s).${slow}`);
  }, 10_000);
  const { code, output } = await runInstaller(command, args, cwd);
  clearInterval(beat);
  if (code === 0) return console.log(`Installed ${what} in ${seconds()} s.`);
  throw new Failure(
    `${tellingLines(output)}\n\nInstalling ${what} failed (${command} ended with ${code}). ${installAdvice(output)}`,
  );
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

async function installPackages(folder, what) {
  const lock = readJson(join(folder, 'package-lock.json'));
  if (!lock || isInstalled(lock, readJson(join(folder, 'node_modules', '.package-lock.json')))) return;
  await install(what, 'npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], folder);
}

function findPython() {
  const seen = [];
  for (const command of pythonCandidates(process.env.HAPPY_PATH_PYTHON)) {
    const run = spawnSync(command, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], {
      encoding: 'utf8',
    });
    const version = run.status === 0 ? parseVersion(run.stdout) : undefined;
    if (isAtLeast(version, oldestPython)) return { command, version: version.join('.') };
    if (version) seen.push(`${command} ${version.join('.')}`);
  }
  const asked = process.env.HAPPY_PATH_PYTHON;
  const none = asked ? `none at HAPPY_PATH_PYTHON=${asked}` : 'none';
  const got = seen.length > 0 ? seen.join(', ') : none;
  throw new Failure(
    `Expected Python ${oldestPython.join('.')} or newer, got ${got}. Install one (Debian or Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python), ` +
      'or name it: HAPPY_PATH_PYTHON=/path/to/python3 npm start',
  );
}

async function installPython() {
  const requirements = readFileSync(requirementsFile, 'utf8');
  const stampFile = join(venv, 'installed');
  const python = join(venv, 'bin', 'python');
  const stamp = requirementsStamp(requirements, venv); // with the folder: a moved environment does not work
  const works = existsSync(stampFile) && spawnSync(python, ['-c', '']).status === 0;
  if (works && readFileSync(stampFile, 'utf8') === stamp) return;
  await createVenv();
  const options = ['--prefer-binary', '--no-compile', '--disable-pip-version-check', '--progress-bar', 'off'];
  await install('the Python tools of the local AWS', python, [
    '-m',
    'pip',
    'install',
    ...options,
    '-r',
    requirementsFile,
  ]);
  writeFileSync(stampFile, stamp);
}

async function createVenv() {
  const python = findPython();
  const help = `Install the venv module (Debian or Ubuntu: sudo apt install python3-venv python${python.version.split('.').slice(0, 2).join('.')}-venv) and run the same command again.`;
  if (spawnSync(python.command, ['-c', 'import venv, ensurepip']).status !== 0) {
    throw new Failure(
      `Expected Python ${python.version} (${python.command}) with its venv module, got one without. ${help}`,
    );
  }
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(dirname(venv), { recursive: true });
  const { code, output } = await runInstaller(python.command, ['-m', 'venv', venv], root);
  if (code !== 0)
    throw new Failure(`${output}\nMaking the Python environment in .local/venv failed. ${help}`);
}

function handOver(verb, args) {
  const path = [join(root, 'node_modules', '.bin'), join(venv, 'bin'), process.env.PATH].join(delimiter);
  const node = join(root, 'node_modules', '.bin', 'node');
  const child = spawn(node, [join(root, 'scripts', `${verb}.ts`), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('error', (error) =>
    fail(
      new Failure(
        `Starting ${node} failed (${error.message}). Delete node_modules and run the same command again.`,
      ),
    ),
  );
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function fail(error) {
  console.error(error instanceof Failure ? `\n${error.message}` : error);
  process.exit(1);
}

async function main([verb, ...args]) {
  checkMachine();
  if (!verb || !existsSync(join(root, 'scripts', `${verb}.ts`)))
    throw new Failure(`Expected a command such as start or test, got "${verb ?? ''}". See "npm run".`);
  stopOnSignal();
  endWithNpm();
  const installs = [installPackages(root, 'npm packages')];
  if (frontEndVerbs.includes(verb))
    installs.push(installPackages(join(root, 'frontend'), 'npm packages of the front ends'));
  if (!verbsWithoutPython.includes(verb)) installs.push(installPython());
  await Promise.all(installs);
  handOver(verb, args);
}

main(process.argv.slice(2)).catch(fail);
