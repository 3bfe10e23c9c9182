import { basename } from 'node:path';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { placeTypes } from '#contracts/places.ts';
import { expression } from './evaluate.ts';
import { isPhotoWorkflow, machines, statesOf, substituted } from './machines.ts';
import { type Case, type Cases, orderCases } from './order-choices.ts';
import { asList, at, type ValueMap } from './templates.ts';

const verdict = (value: object, next: RegExp): Case => ({ variables: { verdict: value }, next });
const rejected = { outcome: 'rejected', reason: 'CORRUPT', message: 'This file is damaged.' };
const reject = { outcome: 'reject', reason: 'INDECENT', message: 'This photo is not decent.' };
const refused = /^Record Rejection$/;
const released = /^Release Renditions$/;

const guests: readonly string[] = ['cafe', 'restaurant', 'bar'];

/** Both sides of every Choice, by its name: the same question has the same answers in every version. */
const photoCases: Cases = {
  'Photo Acceptable?': [
    verdict({ outcome: 'made' }, /^(Publish Photo|Moderate Photo|Record Rejection)$/),
    verdict({ outcome: 'accepted' }, /^((Moderate|Check) And Make Renditions|Record Rejection)$/),
    verdict(rejected, refused),
    verdict({}, refused),
  ],
  'Photo Decent?': [
    verdict({ outcome: 'allow' }, released),
    verdict({ outcome: 'review' }, refused),
    verdict(reject, refused),
    verdict({}, refused),
  ],
  'Publish, Reject Or Ask?': [
    verdict({ outcome: 'allow' }, released),
    verdict({ outcome: 'review' }, /^Wait For Ranger$/),
    verdict(reject, refused),
    verdict(rejected, refused),
    verdict({}, refused),
  ],
  'Ranger Approved?': [
    verdict({ decision: 'approve' }, released),
    verdict({ decision: 'reject', reason: 'OTHER', message: 'A ranger said no.' }, refused),
    verdict({ decision: 'none' }, refused),
    verdict({}, refused),
  ],
  'Place Type?': placeTypes.map((placeType) => ({
    variables: { placeType },
    next: guests.includes(placeType) ? /^Detect People$/ : /^Moderate Photo$/,
  })),
};

/** The state that a Choice goes to. */
async function decide(choice: ValueMap, variables: Case['variables']): Promise<string> {
  for (const rule of asList(choice.Choices)) {
    const code = expression.exec(String(at(rule, 'Condition')))?.[1] ?? '';
    const holds: unknown = await jsonata(code).evaluate({}, variables);
    if (holds === true) return String(at(rule, 'Next'));
    // Anything but a boolean is an error on AWS.
    if (holds !== false) throw new Error(`Expected ${code} to be true or false, got ${String(holds)}`);
  }
  return String(choice.Default);
}

const choices = machines.flatMap(({ path, text }) =>
  statesOf(substituted(text))
    .filter(({ state }) => state.Type === 'Choice')
    .map(({ name, state }) => ({ path, name, state })),
);

/** The café's machines ask about different things, so each has cases of its own. */
const casesOf = (path: string): Cases =>
  isPhotoWorkflow(path) ? photoCases : (orderCases[basename(path, '.asl.json')] ?? {});

describe.each(choices)('$path $name', ({ path, name, state }) => {
  const known = casesOf(path)[name];

  it('has cases in this file, one at least for each way it goes', async () => {
    if (!known) throw new Error(`Expected cases for the Choice ${name} in this file`);
    const gone = await Promise.all(known.map(({ variables }) => decide(state, variables)));
    const ways = [...asList(state.Choices).map((rule) => at(rule, 'Next')), state.Default];
    expect(new Set(gone)).toEqual(new Set(ways));
  });

  it('goes the way that each case is for', async () => {
    for (const { variables, next } of known ?? []) {
      expect(await decide(state, variables), JSON.stringify(variables)).toMatch(next);
    }
  });

  it('decides by a condition and has a default', () => {
    expect(asList(state.Choices)).not.toEqual([]);
    expect(state.Default).toBeTypeOf('string');
  });
});

it('has no cases for a Choice that is not there', () => {
  const asked = choices.map(({ path, name }) => `${basename(path, '.asl.json')} ${name}`);
  const given = Object.entries(orderCases).flatMap(([machine, cases]) =>
    Object.keys(cases).map((name) => `${machine} ${name}`),
  );
  expect(given.filter((one) => !asked.includes(one))).toEqual([]);
});
