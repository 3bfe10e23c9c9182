import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { watch } from 'chokidar';
import { listFiles } from '../fingerprint.ts';

/** What stacks are built from. */
const watched = [
  'backend',
  'contracts',
  'platform',
  'workflows',
  'extensions',
  'samconfig.toml',
  'package.json',
  'package-lock.json',
];

/** A tree must be quiet for so long before it is looked at: editors and git write in several steps. */
const quietMs = 60;
/** Longer than that nobody waits for a tree that is never quiet. */
const patienceMs = 3000;

/** The sources below a folder, and what becomes of them. */
export interface Sources {
  /** Waits until files have changed and tells when that began; undefined once it is closed. */
  changed(): Promise<number | undefined>;
  /** The files whose content is not what it was at the last call, new and deleted ones included. */
  take(): string[];
  close(): Promise<void>;
}

/** Starts to watch; a change is found by content, so that events may come twice, late, or under an editor's temporary names. */
export async function watchSources(root: string): Promise<Sources> {
  let known = snapshot(root);
  let [began, last, closed] = [0, 0, false];
  let wake = () => {};
  const watcher = watch(watched, {
    cwd: root,
    ignoreInitial: true,
    ignored: (path) => /[\\/](node_modules|\.aws-sam)([\\/]|$)/.test(path),
  });
  watcher.on('all', () => {
    last = Date.now();
    began ||= last;
    wake();
  });
  watcher.on('error', () => undefined); // A folder that vanishes while it is read; its content is compared anyway.
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  const untilWoken = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return {
    async changed() {
      while (began === 0 && !closed) await untilWoken();
      const start = began;
      while (!closed && Date.now() - last < quietMs && Date.now() - start < patienceMs) await pause(quietMs);
      began = 0;
      return closed ? undefined : start;
    },
    take() {
      const before = known;
      known = snapshot(root);
      const paths = new Set([...before.keys(), ...known.keys()]);
      return [...paths].filter((path) => before.get(path) !== known.get(path)).sort();
    },
    async close() {
      closed = true;
      wake();
      await watcher.close();
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function snapshot(root: string): ReadonlyMap<string, string> {
  const paths = watched.flatMap((path) => listFiles(root, path));
  return new Map(paths.map((path) => [path, digest(join(root, path))]));
}

function digest(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return ''; // Deleted since it was listed.
  }
}
