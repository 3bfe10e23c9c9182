import { expect, it } from 'vitest';
import { Failure } from '../failure.ts';
import { failureLines, updateLine } from './report.ts';

const nothing = { changes: ['a.ts'], updates: [], problems: [], looked: false };
const update = (id: string, stack: string) => ({ id, stack });

it('says in one line what was updated, where, and how long it took', () => {
  const updates = [update('A', 'v2'), update('A', 'v1'), update('Machine', 'v1')];
  expect(updateLine({ ...nothing, updates }, 612)).toBe('✓ Updated A (v1, v2), Machine (v1) in 0.6 s');
});

it('counts what is too much to name', () => {
  const updates = ['A', 'B', 'C', 'D', 'E'].map((id) => update(id, 'v1'));
  expect(updateLine({ ...nothing, updates }, 1000)).toBe(
    '✓ Updated 5 functions and state machines (v1) in 1.0 s',
  );
});

it('says each mistake once, and that nothing broke', () => {
  const problems = ['a.ts:1:2 no', 'a.ts:1:2 no'];
  expect(updateLine({ ...nothing, problems }, 1)).toBe(
    '✗ a.ts:1:2 no\n  The last good version keeps running.',
  );
});

it('answers a change that has no effect, and no change of what nothing is made of', () => {
  expect(updateLine({ ...nothing, looked: true }, 1)).toBe('· a.ts: nothing that runs has changed');
  expect(updateLine(nothing, 1)).toBeUndefined();
});

it('shows places before the words of a tool', () => {
  const stack = { name: 'v1', root: '', template: '', stackName: '', configEnv: '', inputs: [] };
  const end = '  v1 was not deployed. The last good version keeps running.';
  expect(failureLines(stack, new Failure('one\n\ntwo'), [])).toBe(`✗ one\n✗ two\n${end}`);
  expect(failureLines(stack, new Failure('one'), ['a:1:1 x'])).toBe(`✗ a:1:1 x\n${end}`);
});
