// @vitest-environment node
import type { StateVisit } from '@happy-path/api-client';
import { parseWorkflow } from '@happy-path/workflow-graph';
import { describe, expect, it } from 'vitest';
import { durationOf, outcomesOf } from './outcomes.ts';

const graph = parseWorkflow({
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Give Up' }],
      Next: 'Good?',
    },
    'Good?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $good %}', Next: 'Both' }],
      Default: 'Refused',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'A1', States: { A1: { Type: 'Pass', Next: 'A2' }, A2: { Type: 'Pass', End: true } } },
        { StartAt: 'B1', States: { B1: { Type: 'Pass', End: true } } },
      ],
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
    Refused: { Type: 'Succeed' },
    'Give Up': { Type: 'Fail' },
  },
});

let second = 0;
const visit = (name: string, status: StateVisit['status'] = 'succeeded'): StateVisit => ({
  name,
  type: 'Pass',
  enteredAt: `2026-06-01T12:00:${String(++second).padStart(2, '0')}.000Z`,
  status,
  input: {},
  attempts: 0,
});
const happened = (status: 'RUNNING' | 'SUCCEEDED' | 'FAILED', ...visits: StateVisit[]) => {
  const { states, edges } = outcomesOf(graph, { status, visits });
  return { states: Object.fromEntries(states), edges: [...edges] };
};

describe('what happened in an execution', () => {
  it('is a way through the graph, branches that ran side by side included', () => {
    const { states, edges } = happened(
      'SUCCEEDED',
      ...['Check', 'Good?', 'Both', 'A1', 'B1', 'A2', 'Done'].map((name) => visit(name)),
    );

    expect(new Set(Object.values(states))).toEqual(new Set(['succeeded']));
    expect(edges).toEqual(
      expect.arrayContaining([
        '(start) next Check',
        'Check next Good?',
        'Good? choice Both',
        'Both next Done',
        'A1 next A2',
      ]),
    );
    expect(edges).toHaveLength(5);
  });

  it('tells an end that was not meant from the good one', () => {
    const { states } = happened('SUCCEEDED', visit('Check'), visit('Good?'), visit('Refused'));

    expect(states).toMatchObject({ Check: 'succeeded', 'Good?': 'succeeded', Refused: 'declined' });
    expect(states).not.toHaveProperty('Done');
  });

  it('shows what was caught and where that led', () => {
    const { states, edges } = happened('FAILED', visit('Check', 'caught'), visit('Give Up'));

    expect(states).toMatchObject({ Check: 'caught', 'Give Up': 'failed' });
    expect(edges).toContain('Check catch Give Up');
  });

  it('shows where it is just now', () => {
    const { states, edges } = happened('RUNNING', visit('Check'), visit('Good?', 'running'));

    expect(states).toMatchObject({ '(start)': 'succeeded', Check: 'succeeded', 'Good?': 'running' });
    expect(edges).not.toContain('Good? choice Both');
  });

  it('counts the worst of several visits', () => {
    const { states } = happened('FAILED', visit('A1'), visit('A1', 'failed'), visit('A1'));

    expect(states.A1).toBe('failed');
  });

  it('is nothing before the first state', () => {
    expect(happened('RUNNING')).toEqual({ states: {}, edges: [] });
  });
});

it('knows how long a visit took once it is over', () => {
  const { enteredAt, ...open } = visit('Check');
  const entered = '2026-06-01T12:00:00.000Z';
  expect(durationOf({ ...open, enteredAt: entered, exitedAt: '2026-06-01T12:00:00.250Z' })).toBe(250);
  expect(durationOf({ ...open, enteredAt })).toBeUndefined();
  expect(durationOf(undefined)).toBeUndefined();
});
