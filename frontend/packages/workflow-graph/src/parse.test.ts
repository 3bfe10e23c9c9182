// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { parseWorkflow } from './index.ts';

const parse = (StartAt: string, States: Record<string, unknown>) =>
  parseWorkflow({ Comment: 'c', StartAt, States });
const done = { Done: { Type: 'Succeed' } };
const labelOf = (rule: object) =>
  parse('Q', { Q: { Type: 'Choice', Choices: [{ ...rule, Next: 'Done' }] }, ...done }).edges.at(-1)?.label;

describe('the states', () => {
  it.each([
    [{ Type: 'Task', Resource: 'arn:aws:states:::dynamodb:updateItem' }, 'DynamoDB update item'],
    [{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:copyObject' }, 'S3 copy object'],
    [
      { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' },
      'Lambda, waits for an answer',
    ],
    [
      { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2' },
      'Step Functions start execution',
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: SAM puts the ARN in for it.
    [{ Type: 'Task', Resource: '${ResizePhotoFunctionArn}' }, 'Lambda'],
    [{ Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:resize' }, 'Lambda'],
    [{ Type: 'Wait', Seconds: 90 }, 'waits 90 s'],
    [{ Type: 'Wait', Timestamp: '{% $at %}' }, 'waits until a time'],
    [{ Type: 'Fail', Error: 'WorkflowFailed' }, 'WorkflowFailed'],
    [{ Type: 'Fail', Error: 'S' }, ''],
    [{ Type: 'Pass' }, ''],
  ])('%j say what they do: %s', (state, detail) => {
    const { nodes } = parse('S', {
      S: { ...state, ...(state.Type !== 'Fail' && { Next: 'Done' }) },
      ...done,
    });
    expect(nodes.find(({ id }) => id === 'S')?.detail).toBe(detail);
  });

  it('tell how often they are tried again', () => {
    const Retry = [
      { ErrorEquals: ['InvalidError'], MaxAttempts: 0 },
      { ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 30 },
      { ErrorEquals: ['States.ALL'] },
    ];
    expect(parse('S', { S: { Type: 'Task', Retry, Next: 'Done' }, ...done }).nodes[1]?.retries).toBe(3);
  });

  it('hold the graphs of branches and of items', () => {
    const inner = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const { nodes } = parse('P', {
      P: { Type: 'Parallel', Branches: [inner('A'), inner('B')], Next: 'M' },
      M: { Type: 'Map', ItemProcessor: inner('C'), Next: 'Done' },
      ...done,
    });
    const innerOf = (id: string) => nodes.find((node) => node.id === id)?.inner.map(({ start }) => start);
    expect(innerOf('P')).toEqual(['A', 'B']);
    expect(innerOf('M')).toEqual(['C']);
  });

  it('that end a workflow without a Succeed lead to a mark', () => {
    const { edges, happyPath } = parse('S', { S: { Type: 'Pass', End: true } });
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['(start) S', 'S (end)']);
    expect(happyPath).toEqual(['(start)', 'S', '(end)']);
  });
});

describe('the edges', () => {
  it('tell a plain way from a Catch, and name its errors', () => {
    const Catch = [
      { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException', 'States.Timeout'], Next: 'Twice' },
      { ErrorEquals: ['States.ALL'], Next: 'Done' },
    ];
    const { edges } = parse('S', {
      S: { Type: 'Task', Next: 'Done', Catch },
      Twice: { Type: 'Succeed' },
      ...done,
    });
    expect(edges.slice(1)).toMatchObject([
      { from: 'S', to: 'Done', kind: 'next', label: '', alsoCatch: true },
      { from: 'S', to: 'Twice', kind: 'catch', label: 'Conditional check failed, Timeout', alsoCatch: false },
    ]);
  });

  it('of a Choice join where they lead to the same state', () => {
    const Choices = [
      { Condition: "{% $a = 'x' %}", Next: 'Done' },
      { Condition: "{% $a = 'y' %}", Next: 'Done' },
      { Condition: "{% $a = 'z' %}", Next: 'Other' },
    ];
    const { edges } = parse('Q', {
      Q: { Type: 'Choice', Choices, Default: 'Other' },
      Other: { Type: 'Fail' },
      ...done,
    });
    expect(edges.slice(1).map(({ to, label }) => [to, label])).toEqual([
      ['Done', 'a is x or a is y'],
      ['Other', 'otherwise'],
    ]);
  });

  it.each([
    [{ Condition: "{% $made.outcome = 'made' %}" }, 'outcome is made'],
    [{ Condition: "{% $place.placeType in ['cafe','bar'] %}" }, 'place type is cafe or bar'],
    [{ Condition: '{% $count($labels) > 0 and $x != 1 %}' }, 'count(labels) > 0 and x is not 1'],
    [{ Condition: '{% $x >= 3 %}' }, 'x >= 3'],
    [{ Condition: '{% $exists($states.input.reason) %}' }, 'reason is there'],
    [{ Comment: 'decent enough', Condition: '{% $x %}' }, 'decent enough'],
    [{ Condition: `{% $${'long'.repeat(20)} %}` }, `${'long'.repeat(11).slice(0, 43)}…`],
    [{ Variable: '$.photo.type', StringEquals: 'jpeg' }, 'type is jpeg'],
    [{ Variable: '$.size', NumericGreaterThanEquals: 800 }, 'size >= 800'],
    [{ Variable: '$.reason', IsPresent: false }, 'reason is not there'],
    [{ Not: { Variable: '$.open', BooleanEquals: true } }, 'not open is true'],
    [
      {
        And: [
          { Variable: '$.a', NumericLessThan: 1 },
          { Variable: '$.b', StringMatches: '*x' },
        ],
      },
      'a < 1 and b is like *x',
    ],
  ])('%j reads %s', (rule, label) => {
    expect(labelOf(rule)).toBe(label);
  });
});

describe('the happy path', () => {
  it('takes at each fork what is written first and leads to the first Succeed, never a Catch', () => {
    const { happyPath } = parse('Claim', {
      Claim: { Type: 'Task', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Duplicate' }], Next: 'Good?' },
      'Good?': {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $bad %}', Next: 'Refused' },
          { Condition: '{% $good %}', Next: 'Publish' },
        ],
        Default: 'Ask',
      },
      Ask: { Type: 'Task', Next: 'Publish' },
      Publish: { Type: 'Task', Next: 'Published' },
      Published: { Type: 'Succeed' },
      Refused: { Type: 'Succeed' },
      Duplicate: { Type: 'Succeed' },
    });
    expect(happyPath).toEqual(['(start)', 'Claim', 'Good?', 'Publish', 'Published']);
  });
});

describe('what is no definition', () => {
  it.each([
    [{}, 'StartAt'],
    [{ StartAt: 'B', States: { A: { Type: 'Pass', End: true } } }, 'got "B"'],
    [
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } },
      '"A" to lead to a state beside it, got "B"',
    ],
    [{ StartAt: 'A', States: { A: { Type: 'Walk' } } }, 'got "Walk"'],
  ])('%j is refused with what is wrong', (definition, message) => {
    expect(() => parseWorkflow(definition)).toThrow(message);
  });
});
