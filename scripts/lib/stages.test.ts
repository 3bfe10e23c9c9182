import { describe, expect, it } from 'vitest';
import { stacks } from './stacks.ts';
import { assertPlace, parseParameters, parseStage, stackNameFor } from './stages.ts';

describe('stages', () => {
  it.each([undefined, '', 'Dev', 'd', 'my-stage', 'averylongstage'])('refuses the name %j', (name) => {
    expect(() => parseStage(name)).toThrow('Expected --stage');
  });

  it('keeps local for the emulator', () => {
    expect(() => assertPlace('local', undefined)).toThrow('emulator');
    expect(() => assertPlace('local', 'http://localhost:4566')).not.toThrow();
    expect(() => assertPlace('dev', undefined)).not.toThrow();
  });

  it('appends the stage to the names of stacks, but for dev, which sam deploy deploys without one', () => {
    const [backend] = stacks;
    const names = ['local', 'dev', 'prod'].map((stage) => backend && stackNameFor(backend, stage));
    expect(names).toEqual(['happy-path-backend', 'happy-path-backend', 'happy-path-backend-prod']);
  });
});

describe('parseParameters', () => {
  it('sorts parameters by stack and keeps everything after the first equals sign', () => {
    const given = [
      'backend.AlarmEmail=ops@example.com',
      'edge.DomainName=a.example.com',
      'backend.TokenIssuer=https://x/?a=b',
    ];
    expect(parseParameters(given, ['backend', 'edge'])).toEqual({
      backend: { AlarmEmail: 'ops@example.com', TokenIssuer: 'https://x/?a=b' },
      edge: { DomainName: 'a.example.com' },
    });
  });

  it.each(['AlarmEmail=x', 'backend.AlarmEmail', 'v9.Stage=dev'])('refuses %j', (text) => {
    expect(() => parseParameters([text], ['backend'])).toThrow('Expected --parameter');
  });
});
