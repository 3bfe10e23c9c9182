import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment, toolPath } from './aws.ts';

describe('environment of the tools', () => {
  it('has nothing that points at an AWS account or another emulator', () => {
    const environment = cleanEnvironment({
      HOME: '/home/me',
      PATH: '/usr/bin',
      AWS_PROFILE: 'work',
      AWS_ENDPOINT_URL: 'http://localhost:1',
      SAM_CLI_TELEMETRY: '1',
      LAMBDA_EXECUTOR: 'docker',
      PYTHONPATH: '/elsewhere',
    });

    expect(Object.keys(environment).sort()).toEqual(['HOME', 'PATH']);
  });

  it('finds the pinned Node and Python tools before those of the machine, each once', () => {
    const once = toolPath({ PATH: '/usr/bin' });

    expect(once.split(delimiter).at(-1)).toBe('/usr/bin');
    expect(once.split(delimiter)).toHaveLength(3);
    expect(toolPath({ PATH: once })).toBe(once);
  });
});
