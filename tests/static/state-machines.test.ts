import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { definitions, errorsOf, machines, placeholders, statesOf, substituted, tasksOf } from './machines.ts';
import { asList, asMap, at, isObject, strings, type Value, type ValueMap } from './templates.ts';

type Rule = (definition: ValueMap) => string[];

const names = (states: readonly { name: string }[]) => states.map(({ name }) => name);

// A number, or a parameter of the template: placeholders stand inside strings only.
const timed: Rule = (definition) =>
  names(
    tasksOf(definition).filter(
      ({ state: { TimeoutSeconds } }) =>
        !(Number.isInteger(TimeoutSeconds) || /^\{% \d+ %\}$/.test(String(TimeoutSeconds))),
    ),
  );

/** Tasks whose errors may be answers: functions, and writes under a condition. */
const isAsked = (state: ValueMap) =>
  /lambda:invoke/.test(String(state.Resource)) || at(state, 'Arguments', 'ConditionExpression') !== undefined;

/** Errors that are an answer; among the errors of Step Functions, only a callback's time that is over. */
const isAnswer = (error: string, state: ValueMap) =>
  !error.startsWith('States.') ||
  (error === 'States.Timeout' && String(state.Resource).endsWith('.waitForTaskToken'));

const retried: Rule = (definition) =>
  names(
    tasksOf(definition).filter(({ state }) => {
      const retriers = asList(state.Retry);
      const errors = errorsOf(state.Retry);
      const first = errors[0] ?? [];
      const answered =
        at(retriers[0], 'MaxAttempts') === 0 &&
        first.length > 0 &&
        first.every((error) => isAnswer(error, state));
      return !(
        (answered || !isAsked(state)) &&
        errors.at(-1)?.join() === 'States.ALL' &&
        errors.slice(0, -1).every((list) => !list.includes('States.ALL')) &&
        ['MaxDelaySeconds', 'BackoffRate', 'JitterStrategy', 'MaxAttempts'].every((name) =>
          at(retriers.at(-1), name),
        )
      );
    }),
  );

const caught: Rule = (definition) =>
  names(
    tasksOf(definition).filter(({ state, around }) =>
      [state, ...around].every((one) => errorsOf(one.Catch).at(-1)?.join() !== 'States.ALL'),
    ),
  );

// The two integrations with DynamoDB spell its errors in two ways.
const conditionError = (state: ValueMap) =>
  `${/:aws-sdk:/.test(String(state.Resource)) ? 'DynamoDb' : 'DynamoDB'}.ConditionalCheckFailedException`;

// A conditional write that fails is an answer, not an accident: trying it again gives the same.
const conditions: Rule = (definition) =>
  names(
    tasksOf(definition).filter(
      ({ state }) =>
        at(state, 'Arguments', 'ConditionExpression') !== undefined &&
        [state.Retry, state.Catch].some((list) => !errorsOf(list)[0]?.includes(conditionError(state))),
    ),
  );

const fenced: Rule = (definition) =>
  names(
    tasksOf(definition).filter(
      ({ state }) =>
        /dynamodb:(update|put|delete)Item(\.waitForTaskToken)?$/.test(String(state.Resource)) &&
        !/executionId = :me/.test(String(at(state, 'Arguments', 'ConditionExpression'))),
    ),
  );

// The emulator ignores these, so a definition that needs them would pass every test and fail on AWS, or the reverse.
const shaped: Rule = (definition) =>
  names(
    statesOf(definition).filter(
      ({ state }) =>
        (['Succeed', 'Parallel'].includes(String(state.Type)) &&
          ['Output', 'Assign', 'Arguments'].some((name) => state[name] !== undefined)) ||
        state.HeartbeatSeconds !== undefined ||
        at(state, 'ItemProcessor', 'ProcessorConfig', 'Mode') === 'DISTRIBUTED',
    ),
  );

const jsonPath = ['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'ResultSelector'];

const jsonata: Rule = (definition) => [
  ...(definition.QueryLanguage === 'JSONata' ? [] : ['The definition is not in JSONata']),
  ...names(statesOf(definition).filter(({ state }) => jsonPath.some((name) => state[name] !== undefined))),
];

const bounded: Rule = (definition) =>
  Number.isInteger(definition.TimeoutSeconds) ? [] : ['The machine has no TimeoutSeconds'];

const explained: Rule = (definition) => (definition.Comment ? [] : ['The definition has no Comment']);

const rules: Readonly<Record<string, Rule>> = {
  'gives each Task a time of its own': timed,
  'retries what may pass, and never what is decided': retried,
  'catches everything in the end': caught,
  'takes a failed condition for an answer': conditions,
  'writes only what it holds': fenced,
  'uses no field that the local AWS ignores': shaped,
  'is written in JSONata throughout': jsonata,
  'ends some time': bounded,
  'says what this version adds': explained,
};

/** Changes something in a copy of a definition. */
type Change = (definition: Record<string, Value>, first: Record<string, Value>) => void;

const breaking: readonly (readonly [keyof typeof rules & string, Change])[] = [
  ['gives each Task a time of its own', (_all, task) => delete task.TimeoutSeconds],
  ['gives each Task a time of its own', (_all, task) => (task.TimeoutSeconds = '{% $seconds %}')],
  ['retries what may pass, and never what is decided', (_all, task) => delete task.Retry],
  [
    'retries what may pass, and never what is decided',
    (_all, task) => (task.Retry = asList(task.Retry).slice(1)),
  ],
  ['catches everything in the end', (_all, task) => (task.Catch = asList(task.Catch).slice(0, 1))],
  ['takes a failed condition for an answer', (_all, task) => (task.Retry = asList(task.Retry).slice(1))],
  ['takes a failed condition for an answer', (_all, task) => (task.Catch = asList(task.Catch).slice(1))],
  [
    'takes a failed condition for an answer',
    (_all, task) => (task.Resource = 'arn:aws:states:::aws-sdk:dynamodb:updateItem'),
  ],
  [
    'writes only what it holds',
    (_all, task) => (task.Arguments = { ...asMap(task.Arguments), ConditionExpression: 'x' }),
  ],
  ['uses no field that the local AWS ignores', (_all, task) => (task.HeartbeatSeconds = 5)],
  [
    'uses no field that the local AWS ignores',
    (all) => (all.States = { Done: { Type: 'Succeed', Output: 1 } }),
  ],
  [
    'uses no field that the local AWS ignores',
    (all) => (all.States = { Both: { Type: 'Parallel', Branches: [], Assign: { made: 1 } } }),
  ],
  ['is written in JSONata throughout', (_all, task) => (task.ResultPath = '$.x')],
  ['ends some time', (all) => delete all.TimeoutSeconds],
  ['says what this version adds', (all) => delete all.Comment],
];

const problems = async (text: string) => {
  const service = getLanguageService({});
  const document = TextDocument.create('file:///machine.asl.json', 'asl', 1, text);
  return service.doValidation(document, service.parseJSONDocument(document));
};

describe.each(definitions)('$path', ({ path, text }) => {
  const definition = substituted(text);

  it('is JSON as it is stored, in the one format', () => {
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  it('gives the language service of the AWS Toolkit nothing to say', async () => {
    expect(await problems(text)).toEqual([]);
  });

  it('gives the validator nothing to say', () => {
    expect(validate(definition)).toMatchObject({ isValid: true, errors: [] });
  });

  it('belongs to a template', () => {
    expect(machines.map((machine) => machine.path)).toContain(path);
  });

  it.each(Object.keys(rules))('%s', (name) => {
    expect(rules[name]?.(definition)).toEqual([]);
  });
});

describe('the checks of definitions themselves', () => {
  const [{ text = '' } = {}] = definitions;

  it.each(breaking)('can fail: %s', (name, change) => {
    const definition = structuredClone(substituted(text)) as Record<string, Value>;
    const first = Object.values(asMap(definition.States)).find((state) => at(state, 'Type') === 'Task');
    if (!isObject(first)) throw new Error('Expected a definition with a Task');
    change(definition, first as Record<string, Value>);
    expect(rules[name]?.(definition)).not.toEqual([]);
  });

  it('can fail: every rule has a change that breaks it', () => {
    expect(new Set(breaking.map(([name]) => name))).toEqual(new Set(Object.keys(rules)));
  });

  it('can fail: both validators notice a state that is not there', async () => {
    const broken = text.replace('"Next": "Photo Published"', '"Next": "Nowhere"');
    expect(await problems(broken)).not.toEqual([]);
    expect(validate(substituted(broken)).isValid).toBe(false);
  });
});

describe.each(machines.map((machine) => ({ ...machine, id: machine.resource.id })))(
  '$template.path $id',
  ({ text, template, resource, substitutions }) => {
    it('puts in exactly the placeholders of its definition', () => {
      expect(new Set(Object.keys(substitutions))).toEqual(placeholders(text));
    });

    it('ends no execution that still waits', () => {
      const limits = strings(JSON.parse(text))
        .map((value) => /^\{% \$\{(\w+)\} %\}$/.exec(value)?.[1])
        .map((name) => Number(at(template.document, 'Parameters', name ?? '', 'MaxValue') ?? 0));
      const whole = Number(JSON.parse(text).TimeoutSeconds);
      expect(whole).toBeGreaterThanOrEqual(Math.max(0, ...limits) + 600);
    });

    it('has placeholders inside strings only', () => {
      const inside = strings(JSON.parse(text)).join('\n');
      expect(placeholders(inside)).toEqual(placeholders(text));
    });

    it('is traced and logs without the data of executions', () => {
      expect(at(resource.properties, 'Tracing', 'Enabled')).toBe(true);
      expect(at(resource.properties, 'Logging', 'IncludeExecutionData')).toBe(false);
      expect(template.path).toContain('workflows/');
    });
  },
);
