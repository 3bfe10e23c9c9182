import { join } from 'node:path';
import { describe, inject, it } from 'vitest';
import { expectNoDeadLetters } from '../integration/dead-letters.ts';
import { claims } from './scenarios/claims.ts';
import { poison } from './scenarios/poison.ts';
import { publication } from './scenarios/publication.ts';
import { rejection } from './scenarios/rejection.ts';
import { transitions } from './scenarios/transitions.ts';
import { workers } from './scenarios/workers.ts';
import { subjectOf } from './subject.ts';
import type { VersionTests } from './version.ts';

/** A version's own tests, found by its name. */
async function testsOf(version: string): Promise<VersionTests> {
  const module: { default: VersionTests } = await import(
    /* @vite-ignore */ join(import.meta.dirname, `${version}.ts`)
  );
  return module.default;
}

const subjects = await Promise.all(
  inject('versions').map(async (version) => ({
    version,
    subject: await subjectOf(version),
    own: await testsOf(version),
  })),
);

describe.each(subjects)('$version', ({ subject, own }) => {
  // What every version must do.
  publication(subject);
  rejection(subject);
  claims(subject);
  workers(subject);
  poison(subject);

  // What is this version's own.
  own.scenarios(subject);
  transitions(subject, own);

  it('has left nothing in a dead-letter queue', expectNoDeadLetters);
});
