import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveState, rememberedPort, servicesOf } from './state.ts';

describe('saved state', () => {
  let folder = '';
  const functions = () => readFileSync(join(servicesOf(folder), 'lambda.json'), 'utf8');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'state-'));
    mkdirSync(servicesOf(folder));
    writeFileSync(
      join(servicesOf(folder), 'lambda.json'),
      '{"QUEUE":"http://localhost:4566/0/q","x":"4566/"}',
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('remembers no port before the first run', () => {
    expect(rememberedPort(folder)).toEqual([]);
  });

  it('stays as it is while the port does', () => {
    moveState(folder, 4566);
    moveState(folder, 4566);

    expect(rememberedPort(folder)).toEqual([4566]);
    expect(functions()).toContain('http://localhost:4566/0/q');
  });

  it('follows the emulator to another port, addresses only', () => {
    moveState(folder, 4566);
    moveState(folder, 4700);

    expect(rememberedPort(folder)).toEqual([4700]);
    expect(functions()).toBe('{"QUEUE":"http://localhost:4700/0/q","x":"4566/"}');
  });
});
