import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalOutputs, output, readOutputs, removeOutputs, writeOutputs } from './outputs.ts';

const outputs: LocalOutputs = {
  endpoint: 'http://localhost:4566',
  region: 'us-east-1',
  apiUrl: 'http://localhost:4566/_aws/execute-api/abc/api',
  userPoolId: 'us-east-1_abc',
  userPoolClientId: 'client',
  mqttUrl: 'ws://localhost:3000/mqtt',
  uploadBucket: 'uploads',
  distributionBucket: 'pictures',
  tableName: 'table',
  busName: 'bus',
  stacks: { backend: { ApiId: 'abc' } },
  frontends: { visitor: 'http://localhost:3000' },
  demoUsers: [{ email: 'visitor@example.com', password: 'secret', groups: [] }],
  samplePhotos: '/samples',
  pid: process.pid,
};

describe('outputs of the running app', () => {
  let folder = '';
  let file = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outputs-'));
    file = join(folder, 'local', 'outputs.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are read as they were written, and gone when they were removed', () => {
    writeOutputs(outputs, file);
    expect(readOutputs(file)).toEqual(outputs);

    removeOutputs(file);
    expect(readOutputs(file)).toBeUndefined();
  });

  it.each([
    ['of a process that ended', JSON.stringify({ ...outputs, pid: 2 ** 22 + 1 })],
    ['that are cut off', '{"endpoint":'],
    ['that are of another form', '{}'],
  ])('%s are cleaned away', (_, text) => {
    // Prepare
    writeOutputs(outputs, file);
    writeFileSync(file, text);

    // Act
    const read = readOutputs(file);

    // Assess
    expect(read).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });
});

describe('output', () => {
  it('names what a stack has when something else is wanted', () => {
    expect(output({ ApiId: 'abc' }, 'ApiId')).toBe('abc');
    expect(() => output({ ApiId: 'abc' }, 'TableName')).toThrow('output TableName, got ApiId');
  });
});
