import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Signals that ask for an end. */
export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** They end with this process, by SIGKILL because npm goes on installing after any other signal. */
const running = new Set();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs an installer to its end; answers its exit code and the last part of its output. */
export async function runInstaller(command, args, cwd) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', resolve);
  });
  running.delete(child);
  return { code, output };
}

/** Ends this process on a signal while an installer runs. */
export function stopOnSignal() {
  for (const signal of signals) {
    process.on(signal, () => {
      if (running.size > 0) process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Passes on the end of npm: it sends SIGTERM only as far as its shell, which would end and leave us running. */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 300);
  watch.unref();
}
