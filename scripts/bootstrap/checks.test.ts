import { describe, expect, it } from 'vitest';
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
} from './checks.mjs';

describe('versions', () => {
  it.each([
    ['v20.1.0', [20, 1, 0]],
    ['3.11.7\n', [3, 11, 7]],
    ['Python 3.13', [3, 13, 0]],
    ['command not found', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  it.each([
    ['v20.0.0', oldestNode, true],
    ['v19.9.9', oldestNode, false],
    ['v24.1.0', oldestNode, true],
    ['3.10.0', oldestPython, true],
    ['3.9.18', oldestPython, false],
    ['4.0.0', oldestPython, true],
    ['2.7.18', oldestPython, false],
    ['none', oldestPython, false],
  ])('tells that %s is new enough for %j: %j', (text, oldest, expected) => {
    expect(isAtLeast(parseVersion(text), oldest)).toBe(expected);
  });

  it('tries the usual Python commands, the newest first, and only the one asked for when one is', () => {
    expect(pythonCandidates()[0]).toBe('python3.13');
    expect(pythonCandidates()).toContain('python3');
    expect(pythonCandidates('/opt/python')).toEqual(['/opt/python']);
  });
});

describe('isInstalled', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-darwin': { version: '2.0.0', optional: true },
    },
  };

  it('accepts an installation that lacks only the packages of other platforms', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });

  it.each([
    ['another version', { packages: { 'node_modules/a': { version: '1.0.1' } } }],
    ['a missing package', { packages: {} }],
    [
      'a package that is no longer asked for',
      { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } } },
    ],
    ['nothing installed', undefined],
  ])('refuses %s', (_, hidden) => {
    expect(isInstalled(lock, hidden)).toBe(false);
  });
});

describe('failed installations', () => {
  it('shows the first error, not the usage that follows it', () => {
    const output = `npm warn old\nnpm error code EUSAGE\nnpm error not in sync\n${'npm error usage\n'.repeat(30)}`;
    expect(tellingLines(output).split('\n').slice(0, 2)).toEqual([
      'npm error code EUSAGE',
      'npm error not in sync',
    ]);
  });

  it.each([
    ['npm error code ENOTFOUND', /registry/],
    ['ERROR: No matching distribution found for ministack', /registry/],
    ['npm error code EACCES', /chown/],
    ['OSError: [Errno 28] No space left on device', /disk/],
    ['something else', /same command again/],
  ])('says what to do about %j', (output, advice) => {
    expect(installAdvice(output)).toMatch(advice);
  });

  it('installs the Python tools again when a version or the folder changes, and only then', () => {
    const stamp = requirementsStamp('a==1', '/x');
    expect(requirementsStamp('a==1', '/x')).toBe(stamp);
    expect(requirementsStamp('a==2', '/x')).not.toBe(stamp);
    expect(requirementsStamp('a==1', '/y')).not.toBe(stamp);
  });
});
