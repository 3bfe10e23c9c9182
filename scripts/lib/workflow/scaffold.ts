import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.ts';

/** What belongs to one version alone, `v1` standing for it; a folder or file that is not there is left out. */
const ownFiles = [
  'workflows/templates/v1/*',
  'workflows/statemachines/v1.asl.json',
  'tests/conformance/**/v1.ts',
];

/** The versions in a working tree, in the order of their numbers. */
export function versionsOf(root: string): string[] {
  return globSync('workflows/templates/v*/template.yaml', { cwd: root })
    .map((path) => dirname(path).split('/').at(-1) ?? '')
    .filter((name) => /^v\d+$/.test(name))
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

/** Makes a version that does what the newest one does, ready to be deployed beside it; answers the files it wrote. */
export function scaffold(root: string, version: string): string[] {
  const versions = versionsOf(root);
  const newest = versions.at(-1);
  if (newest === undefined)
    throw new Failure('Expected a version to begin with in workflows/templates, got none.');
  const rename = (text: string) => text.replaceAll(new RegExp(`\\b${newest}\\b`, 'g'), version);
  const config = readFileSync(join(root, 'samconfig.toml'), 'utf8');
  const files = ownFiles.flatMap((pattern) => globSync(pattern.replace('v1', newest), { cwd: root }).sort());
  const targets = files.map(rename);
  const taken = targets.filter((path) => existsSync(join(root, path)));
  if (versions.includes(version) || taken.length > 0 || config.includes(`[${version}.`)) {
    throw new Failure(
      `Expected a version that is not there yet, got ${version}, of which there is ${taken[0] ?? 'a section in samconfig.toml'}. Next is v${Number(newest.slice(1)) + 1}.`,
    );
  }
  for (const path of files) {
    const target = join(root, rename(path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, withComment(rename(readFileSync(join(root, path), 'utf8')), path, version, newest));
  }
  writeFileSync(join(root, 'samconfig.toml'), withSections(config, newest, rename));
  return [...targets, writeSample(root, version), 'samconfig.toml'];
}

/** A photo for this version, to be sent to it by hand and to be checked with the other samples. */
function writeSample(root: string, version: string): string {
  const path = `events/photo-uploaded/for-${version}.json`;
  const arrived = readFileSync(join(root, 'events/photo-uploaded/arrived.json'), 'utf8');
  writeFileSync(join(root, path), arrived.replace(/("workflow": )"v\d+"/, `$1"${version}"`));
  return path;
}

/** The definition's own words were about what the version before added. */
function withComment(text: string, path: string, version: string, newest: string): string {
  if (!path.endsWith('.asl.json')) return text;
  const said = `${version}: ${newest} + nothing yet; say here which rule this version adds.`;
  return text.replace(/"Comment": "(?:[^"\\]|\\.)*"/, `"Comment": ${JSON.stringify(said)}`);
}

/** Adds the version's sections right behind those of the one it is made of. */
function withSections(config: string, newest: string, rename: (text: string) => string): string {
  const sections = config.split(/^(?=\[)/m);
  const own = sections.filter((section) => section.startsWith(`[${newest}.`));
  const last = sections.findLastIndex((section) => section.startsWith(`[${newest}.`));
  const spaced = own.map((section) => `${section.trimEnd()}\n\n`);
  const before = sections.slice(0, last).concat(`${sections[last]?.trimEnd()}\n\n`);
  const text = [...before, ...spaced.map(rename), ...sections.slice(last + 1)].join('');
  return `${text.trimEnd()}\n`;
}
