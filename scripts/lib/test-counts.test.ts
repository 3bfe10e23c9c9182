import { describe, expect, it } from 'vitest';
import { closingLine, countTests, describeFailures, sumCounts } from './test-counts.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'trail.test.ts',
  status,
  message: status === 'failed' && tests.length === 0 ? 'Cannot find module' : '',
  assertionResults: tests.map((each, index) => ({
    status: each,
    fullName: `trail ${index + 1}`,
    failureMessages: each === 'failed' ? ['Expected a photo,\ngot none.'] : [],
  })),
});
const report = (...testResults: ReturnType<typeof file>[]) => ({ testResults });

describe('countTests', () => {
  it('counts passed, failed and left-out tests of all files', () => {
    const counts = countTests(
      report(file('passed', 'passed', 'skipped'), file('failed', 'failed', 'passed', 'todo')),
      1,
    );
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it.each([
    ['a file that did not load', report(file('passed', 'passed'), file('failed')), 1],
    ['a run that failed without a failed test', report(file('passed', 'passed')), 1],
  ])('counts %s as one failure', (_, given, code) => {
    expect(countTests(given, code)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it.each([
    ['no report', undefined, 0],
    ['a report of another form', { ok: true }, 0],
    ['no tests', report(), 0],
  ])('takes %s for a failure even with exit code 0', (_, given, code) => {
    expect(countTests(given, code)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('describeFailures', () => {
  it('tells file, test and message of what failed, and nothing of what passed', () => {
    expect(describeFailures(report(file('failed', 'passed', 'failed'), file('passed', 'passed')))).toEqual([
      'trail.test.ts > trail 2\n    Expected a photo,\n    got none.',
    ]);
  });

  it('tells why a file did not load', () => {
    expect(describeFailures(report(file('failed')))).toEqual(['trail.test.ts\n    Cannot find module']);
  });

  it('tells nothing without a report', () => {
    expect(describeFailures(undefined)).toEqual([]);
  });
});

describe('closingLine', () => {
  it('sums the suites and names skipped tests only when there are some', () => {
    const sum = sumCounts([
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 1, skipped: 2 },
    ]);
    expect(closingLine(sum)).toBe('7 passed, 1 failed, 2 skipped');
    expect(closingLine({ passed: 1, failed: 0, skipped: 0 })).toBe('1 passed, 0 failed');
  });
});
