import { basename } from 'node:path';
import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import validate from 'asl-validator';
import parseJsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { expression } from './evaluate.ts';
import {
  definitions,
  errorsOf,
  isPhotoWorkflow,
  machines,
  placeholders,
  statesOf,
  substituted,
  tasksOf,
} from './machines.ts';
import {
  asList,
  asMap,
  at,
  find,
  functionsOf,
  isObject,
  references,
  strings,
  type Value,
  type ValueMap,
} from './templates.ts';

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

/** Writes under a condition; those of a transaction stand deeper. */
const isConditional = (state: ValueMap) => find(state.Arguments, 'ConditionExpression').length > 0;

/** Tasks whose errors may be answers: functions, and writes under a condition. */
const isAsked = (state: ValueMap) => /lambda:invoke/.test(String(state.Resource)) || isConditional(state);

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

/**
 * Where a failure needs no state of its own. Elsewhere every Task catches everything in the end, so that the failure is
 * recorded and the execution ends in one Fail. A Catch to a Fail that records nothing would only put a common error in
 * the place of the real one.
 */
const failsByItself: Readonly<Record<string, string>> = {
  'order-manager.asl.json':
    'its caller waits for it and gets the error, and each of its writes stands for itself',
  'stamp-card.asl.json':
    'it holds nothing; its failed execution, of which an alarm tells, says what happened',
};

// The two integrations with DynamoDB spell its errors in two ways.
function conditionError({ Resource }: ValueMap): string {
  const service = /:aws-sdk:/.test(String(Resource)) ? 'DynamoDb' : 'DynamoDB';
  return /:transactWriteItems$/.test(String(Resource))
    ? `${service}.TransactionCanceledException`
    : `${service}.ConditionalCheckFailedException`;
}

// A conditional write that fails is an answer, not an accident: trying it again gives the same.
const conditions: Rule = (definition) =>
  names(
    tasksOf(definition).filter(
      ({ state }) =>
        isConditional(state) &&
        [state.Retry, state.Catch].some((list) => !errorsOf(list)[0]?.includes(conditionError(state))),
    ),
  );

const isWrite = ({ Resource }: ValueMap) =>
  /dynamodb:(update|put|delete)Item(\.waitForTaskToken)?$/.test(String(Resource));
const condition = (state: ValueMap) => String(at(state, 'Arguments', 'ConditionExpression'));

const fenced: Rule = (definition) =>
  names(
    tasksOf(definition).filter(
      ({ state }) => isWrite(state) && !/executionId = :me\b/.test(condition(state)),
    ),
  );

/** Writes that move something to another status. */
const moves = (definition: ValueMap) =>
  tasksOf(definition).filter(
    ({ state }) => isWrite(state) && /\bstatus = /.test(String(at(state, 'Arguments', 'UpdateExpression'))),
  );

// Whoever moves something says from which statuses; what claimed it before says so as well.
const moved: Rule = (definition) => {
  const claims = moves(definition).some(({ state }) => /executionId = :me\b/.test(condition(state)));
  const needed = claims ? [/#status\b/, /\bexecutionId = :me\b/] : [/#status\b/];
  return names(
    moves(definition).filter(({ state }) => !needed.every((pattern) => pattern.test(condition(state)))),
  );
};

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
  'moves nothing but what stands where it is moved from': moved,
  'uses no field that the local AWS ignores': shaped,
  'is written in JSONata throughout': jsonata,
  'ends some time': bounded,
  'says what it is for': explained,
};

/** What holds for the photo workflows alone: they write nothing but the photo that they hold. */
const photoRules: Readonly<Record<string, Rule>> = { 'writes only what it holds': fenced };

/** Changes something in a copy of a definition. */
type Change = (definition: Record<string, Value>, first: Record<string, Value>) => void;

const breaking: readonly (readonly [string, Change])[] = [
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
  [
    'moves nothing but what stands where it is moved from',
    (_all, task) => (task.Arguments = { ...asMap(task.Arguments), ConditionExpression: 'executionId = :me' }),
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
  ['says what it is for', (all) => delete all.Comment],
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

  it('has expressions that are all JSONata', () => {
    const codes = strings(definition).flatMap((value) => expression.exec(value)?.[1] ?? []);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(() => parseJsonata(code), code).not.toThrow();
  });

  it('belongs to a template', () => {
    expect(machines.map((machine) => machine.path)).toContain(path);
  });

  const own = { ...rules, ...(isPhotoWorkflow(path) && photoRules) };
  const alone = failsByItself[basename(path)];
  const kept = Object.keys(own).filter((name) => alone === undefined || own[name] !== caught);

  it.each(kept)('%s', (name) => {
    expect(own[name]?.(definition)).toEqual([]);
  });

  it('ends failures in one Fail, or leaves them to those who look after it', () => {
    const fails = statesOf(definition).filter(({ state }) => state.Type === 'Fail');
    expect(fails, alone).toHaveLength(alone === undefined ? 1 : 0);
  });
});

describe('the checks of definitions themselves', () => {
  const { text = '' } = definitions.find(({ path }) => isPhotoWorkflow(path)) ?? {};
  const all = { ...rules, ...photoRules };

  it('knows the definitions that it lets fail by themselves', () => {
    const paths = definitions.map(({ path }) => basename(path));
    expect(Object.keys(failsByItself).filter((path) => !paths.includes(path))).toEqual([]);
  });

  it.each(breaking)('can fail: %s', (name, change) => {
    const definition = structuredClone(substituted(text)) as Record<string, Value>;
    const first = Object.values(asMap(definition.States)).find((state) => at(state, 'Type') === 'Task');
    if (!isObject(first)) throw new Error('Expected a definition with a Task');
    change(definition, first as Record<string, Value>);
    expect(all[name]?.(definition)).not.toEqual([]);
  });

  it('can fail: every rule has a change that breaks it', () => {
    expect(new Set(breaking.map(([name]) => name))).toEqual(new Set(Object.keys(all)));
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
      const most = (name = '') => Number(at(template.document, 'Parameters', name, 'MaxValue') ?? 0);
      // A state that waits names how long; one that waits until a time waits for an order made ahead.
      const named = strings(JSON.parse(text)).map((value) => /^\{% \$\{(\w+)\} %\}$/.exec(value)?.[1]);
      const timed = statesOf(JSON.parse(text)).filter(({ state }) => state.Timestamp !== undefined);
      const waits = [...named.map(most), ...timed.map(() => most('MaxPreOrderSeconds'))].filter(Boolean);
      const whole = Number(JSON.parse(text).TimeoutSeconds);
      if (resource.properties.Type === 'EXPRESS') expect(waits).toEqual([]);
      else expect(whole).toBeGreaterThanOrEqual(waits.reduce((sum, wait) => sum + wait, 600));
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

const express = machines.filter(({ resource }) => resource.properties.Type === 'EXPRESS');

describe.each(express)('$path', ({ text, template, resource }) => {
  const waiting = functionsOf(template).filter(({ properties }) =>
    find(properties.Policies, 'Action').some(
      ({ owner, found }) =>
        asList(found).includes('states:StartSyncExecution') && references(owner.Resource).has(resource.id),
    ),
  );

  // The API Gateway before the function gives up after 29 seconds.
  it('answers while somebody still waits for it', () => {
    expect(waiting).not.toEqual([]);
    const times = waiting.map(({ properties }) => Number(properties.Timeout));
    expect(Number(JSON.parse(text).TimeoutSeconds)).toBeLessThan(Math.min(29, ...times));
  });
});
