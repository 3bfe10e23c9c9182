import { createHash } from 'node:crypto';

/** Oldest versions that work, as [major, minor]. */
export const oldestNode = [20, 0];
export const oldestPython = [3, 10];

/** Reads `v20.1.0`, `3.11.7` or `Python 3.13.0` as numbers; undefined when there is no version in the text. */
export function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Tells whether a version is at least [major, minor]. */
export function isAtLeast(version, [major, minor]) {
  return version !== undefined && (version[0] > major || (version[0] === major && version[1] >= minor));
}

/** Lists the Python commands to try: the one asked for, or the usual ones. */
export function pythonCandidates(asked) {
  if (asked) return [asked];
  return ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
}

/** Tells whether what npm last installed is what the lock file asks for; both are parsed lock files. */
export function isInstalled(lock, hidden) {
  if (!lock?.packages || !hidden?.packages) return false;
  const installed = hidden.packages;
  const stale = Object.keys(installed).some(
    (path) => installed[path].version !== lock.packages[path]?.version,
  );
  const missing = Object.entries(lock.packages).some(
    ([path, entry]) =>
      path !== '' && !installed[path] && !entry.optional && !entry.devOptional && !entry.peer,
  );
  return !stale && !missing;
}

/** Names one state of the Python packages in a folder, so that they are installed again only when it changes. */
export function requirementsStamp(requirements, folder) {
  return createHash('sha256').update(`${folder}\n${requirements}`).digest('hex');
}

/** What an installer's output means for the person who started it. */
export function installAdvice(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|Temporary failure in name resolution|NewConnectionError|No matching distribution/i.test(
      output,
    )
  ) {
    return 'The package registry could not be reached. Connect to the internet (or set your proxy) and run the same command again; what was already downloaded is kept.';
  }
  if (/ENOSPC|No space left/i.test(output))
    return 'The disk is full: the packages need about 1 GB. Free some space and run the same command again.';
  if (/EACCES|Permission denied/i.test(output))
    return 'A file belongs to somebody else. Make this folder yours (for example `sudo chown -R $USER .`) and run the same command again.';
  if (/EINTEGRITY|hash.*mismatch/i.test(output))
    return 'A download was damaged. Run `npm cache clean --force` and then the same command again.';
  return 'Run the same command again; when it fails in the same place, the output above names the package.';
}

/** The part of an installer's output that tells what is wrong: from its first error on. */
export function tellingLines(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) => /error/i.test(line));
  return lines
    .slice(first < 0 ? -12 : first)
    .slice(0, 12)
    .join('\n');
}
