import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const skippedFolders = new Set(['node_modules', '.aws-sam', '.git', 'dist', 'coverage']);
const skippedFiles = /(\.test\.ts|\.md|\.log|\.tsbuildinfo)$/;

/**
 * Hashes what goes into a build, so that the same inputs are built once.
 *
 * @param folder - the folder that the inputs are relative to
 * @param inputs - files and folders; one that is missing counts as such; tests and documents do not count
 * @param extra - anything else that the result depends on
 */
export function fingerprint(
  folder: string,
  inputs: readonly string[],
  extra: readonly string[] = [],
): string {
  const hash = createHash('sha256');
  for (const text of extra) hash.update(`${text}\0`);
  for (const input of inputs) {
    for (const file of listFiles(folder, input)) {
      hash.update(`${file}\0`);
      hash.update(
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest(),
      );
    }
  }
  return hash.digest('hex');
}

/** Lists the files below a path that count for a build. */
export function listFiles(folder: string, path: string): string[] {
  const whole = join(folder, path);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [path];
  return readdirSync(whole, { withFileTypes: true })
    .filter(counts)
    .map((entry) => join(path, entry.name))
    .sort()
    .flatMap((child) => listFiles(folder, child));
}

const counts = (entry: Dirent): boolean =>
  entry.isDirectory() ? !skippedFolders.has(entry.name) : !skippedFiles.test(entry.name);
