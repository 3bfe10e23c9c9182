import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { root } from '../../scripts/lib/paths.ts';

/** The files that are or will be in git. */
const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const files = listed.stdout.split('\n').filter((path) => path !== '' && existsSync(join(root, path)));
const text = (path: string) => readFileSync(join(root, path), 'utf8');

const code = files.filter((path) => /\.(ts|mts|mjs|js|vue|py|sh)$/.test(path) && !path.endsWith('.d.ts'));
const isTest = (path: string) => /\.test\.ts$|^tests\//.test(path);

/** A test is read case by case, so it may be longer than a module. */
const longest = (path: string) => (isTest(path) ? 450 : 300);

// Written in parts, so that this file does not find itself.
const unfinished = new RegExp(
  `\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`,
);
const skipped = new RegExp(`\\b(it|test|describe)\\.(${['skip', 'todo', 'only'].join('|')})\\(`);
const silenced = new RegExp(`@ts-(${['ignore', 'nocheck', 'expect-error'].join('|')})`);
const loosened = /(:|<|\bas) ?any *([;,)=>|&[\]{]|$)/;

/** The lines of some files that match, as `path:line`. */
function lines(
  paths: readonly string[],
  pattern: RegExp,
  unless: (line: string) => boolean = () => false,
): string[] {
  return paths.flatMap((path) =>
    text(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) && !unless(line) ? [`${path}:${index + 1}`] : [])),
  );
}

const isComment = (line: string) => /^\s*(\/\/|\/?\*)/.test(line);

describe('the repository', () => {
  it('is looked at', () => {
    expect(code.length).toBeGreaterThan(100);
  });

  it('has modules that can be read at one sitting', () => {
    const sizes = code.map((path) => [path, text(path).split('\n').length - 1] as const);
    expect(sizes.filter(([path, size]) => size > longest(path))).toEqual([]);
  });

  it('promises nothing in comments', () => {
    expect(lines(code, unfinished)).toEqual([]);
  });

  it('runs every test', () => {
    expect(lines(code.filter(isTest), skipped)).toEqual([]);
  });

  it('is typed throughout', () => {
    const typed = code.filter((path) => /\.(ts|vue)$/.test(path));
    expect(lines(typed, silenced)).toEqual([]);
    expect(lines(typed, loosened, isComment)).toEqual([]);
  });

  it.each([
    [unfinished, ['// TO', 'DO later'].join('')],
    [skipped, ['it.sk', "ip('x')"].join('')],
    [loosened, ['const x: an', 'y = 1'].join('')],
    [silenced, ['// @ts-ig', 'nore'].join('')],
  ])('would be found out: %s', (pattern, line) => {
    expect(pattern.test(line)).toBe(true);
  });

  it('names files in kebab case, components and Python modules apart', () => {
    const odd = code.filter(
      (path) =>
        !path.endsWith('.vue') &&
        !path.startsWith('frontend/') &&
        !/(^|\/)\.?[a-z0-9]+([-.][a-z0-9]+)*\.\w+$/.test(path),
    );
    expect(odd).toEqual([]);
  });

  it('speaks of itself alone', () => {
    const folders = [['/wo', 'rk/'].join(''), ['/tm', 'p/lead'].join(''), ['sha', 'red/sam-local'].join('')];
    const found = files
      .filter((path) => !/\.(png|jpg|webp|avif|ico|woff2?|pmtiles)$/.test(path))
      .flatMap((path) =>
        folders.filter((folder) => text(path).includes(folder)).map((folder) => `${path}: ${folder}`),
      );
    expect(found).toEqual([]);
  });
});

describe('the commands', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(text('package.json')));
  const pages = files.filter((path) => path.endsWith('.md') && !path.startsWith('frontend/'));

  it('that the documents name are there', () => {
    const named = pages.flatMap((path) =>
      [...text(path).matchAll(/`?npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => `${path}: ${name}`),
    );
    expect(named.filter((entry) => !((entry.split(': ')[1] ?? '') in scripts))).toEqual([]);
  });

  it('have the program that they start', () => {
    const verbs = Object.values(scripts).flatMap((line) => /bootstrap\.mjs (\S+)/.exec(line)?.[1] ?? []);
    expect(verbs.length).toBeGreaterThan(5);
    expect(verbs.filter((verb) => !existsSync(join(root, 'scripts', `${verb}.ts`)))).toEqual([]);
  });
});

describe('the sample photos', () => {
  it('are made and not stored', () => {
    const pictures = globSync('{events,tests,workflows,scripts}/**/*.{jpg,jpeg,png,webp,avif}', {
      cwd: root,
      exclude: (name) => ['node_modules', '.aws-sam'].includes(name),
    });
    // Photos of the real world, by which the models are tested, come with a page that tells their licences.
    expect(pictures.filter((path) => !existsSync(join(root, dirname(path), 'README.md')))).toEqual([]);
  });
});
