import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { photoMachines, statesOf } from './machines.ts';
import { asList, asMap, isObject, type Value, type ValueMap } from './templates.ts';

/** A field in which a state differs from the version before, and why it is the same job all the same. */
interface Difference {
  readonly state: string;
  readonly since: string;
  readonly fields: readonly string[];
  readonly because: string;
}

/** Anything else makes it another job, which needs another name. */
const differences: readonly Difference[] = [
  {
    state: 'Make Renditions',
    since: 'v2',
    fields: ['Assign'],
    because: 'nothing has been checked yet, which later states read',
  },
  {
    state: 'Record Rejection',
    since: 'v2',
    fields: ['Arguments'],
    because: 'it keeps what moderation saw',
  },
  {
    state: 'Photo Acceptable?',
    since: 'v3',
    fields: ['Choices'],
    because: 'an inspection answers it, before anything is made',
  },
  {
    state: 'Make Renditions',
    since: 'v3',
    fields: ['Catch', 'Assign'],
    because: 'it runs beside the check: the Parallel around both catches, the Pass behind it assigns',
  },
  {
    state: 'Moderate Photo',
    since: 'v3',
    fields: ['Arguments', 'Catch', 'Assign'],
    because: 'it looks at the preview, beside the making of renditions',
  },
  ...['Publish Photo', 'Record Rejection', 'Record Failure'].map((state) => ({
    state,
    since: 'v3',
    fields: ['Arguments'],
    because: 'a photo may come from review, whose traces go, and what was found out about it stays',
  })),
  {
    state: 'Check And Make Renditions',
    since: 'v4',
    fields: ['Branches'],
    because: 'the place decides which check it is',
  },
];

interface Version {
  readonly version: string;
  readonly states: ReadonlyMap<string, ValueMap>;
}

/** A definition's states, its own name in them made a common one. */
function versionOf({ path, text }: { path: string; text: string }): Version {
  const version = /(v\d+)\.asl\.json$/.exec(path)?.[1] ?? path;
  const definition = asMap(JSON.parse(text.replaceAll(`"${version}"`, '"this version"')));
  return { version, states: new Map(statesOf(definition).map(({ name, state }) => [name, state])) };
}

const order = (version: string) => Number(version.slice(1));
const versions = photoMachines.map(versionOf).sort((a, b) => order(a.version) - order(b.version));

/** Where a state leads is the version's own, and so are its words about it. */
const free: readonly string[] = ['Next', 'End', 'Default', 'Comment'];

const withoutNext = (value: Value): Value => {
  if (!isObject(value)) return value;
  const { Next: _, ...rest } = value;
  return rest;
};

/** The value of a field by which two states are compared. */
const compared = (state: ValueMap, field: string): Value | undefined =>
  ['Choices', 'Catch'].includes(field) && state[field] ? asList(state[field]).map(withoutNext) : state[field];

/** The fields in which two states differ. */
function changed(one: ValueMap, other: ValueMap): string[] {
  const fields = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return fields.filter(
    (field) => !free.includes(field) && !isDeepStrictEqual(compared(one, field), compared(other, field)),
  );
}

/** Every state that a version shares with one before it, with the fields that changed since the last one that has it. */
const shared = versions.flatMap(({ version, states }, at) =>
  [...states].flatMap(([name, state]) => {
    const earlier = versions.slice(0, at).findLast((one) => one.states.has(name));
    const before = earlier?.states.get(name);
    return before ? [{ version, name, fields: changed(before, state) }] : [];
  }),
);

describe('A state', () => {
  it.each(shared)('of one name has one job: $name in $version', ({ version, name, fields }) => {
    const known = differences.find(({ state, since }) => state === name && since === version);
    expect(fields.sort()).toEqual([...(known?.fields ?? [])].sort());
  });

  it('is compared in every version', () => {
    expect(shared.length).toBeGreaterThan(15);
    const listed = differences.map(({ state, since }) => `${state} ${since}`);
    const there = shared.map(({ name, version }) => `${name} ${version}`);
    expect(listed.filter((one) => !there.includes(one))).toEqual([]);
  });

  it.each<[string, (state: ValueMap) => ValueMap, string[]]>([
    [
      'another function',
      (state) => ({ ...state, Resource: 'arn:aws:states:::sqs:sendMessage' }),
      ['Resource'],
    ],
    ['another time', (state) => ({ ...state, TimeoutSeconds: 1 }), ['TimeoutSeconds']],
    ['another way on', (state) => ({ ...state, Next: 'Elsewhere' }), []],
    [
      'fewer errors that are caught',
      (state) => ({ ...state, Catch: asList(state.Catch).slice(1) }),
      ['Catch'],
    ],
  ])('would be noticed to have %s', (_what, change, fields) => {
    const claim = versions[0]?.states.get('Claim Photo') ?? {};
    expect(changed(claim, change(claim))).toEqual(fields);
  });
});
