import * as z from 'zod';

/** How many tests ended how. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const testSchema = z.object({
  status: z.string(),
  fullName: z.string(),
  failureMessages: z.array(z.string()).nullish(),
});

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(testSchema),
    }),
  ),
});

/**
 * Counts the tests of a suite by vitest's JSON report.
 *
 * A file that could not be loaded has no tests and counts as one failure; so does a suite that failed without a failed
 * test, or that ran none.
 *
 * @param report - the parsed report; undefined when there is none
 * @param code - exit code of the run
 */
export function countTests(report: unknown, code: number): Counts {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 };
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of parsed.data.testResults) {
    const statuses = assertionResults.map((assertion) => assertion.status);
    const failed = statuses.filter((each) => each === 'failed').length;
    const passed = statuses.filter((each) => each === 'passed').length;
    counts.passed += passed;
    counts.failed += status === 'failed' && failed === 0 ? 1 : failed;
    counts.skipped += statuses.length - passed - failed;
  }
  const hidden = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return hidden ? { ...counts, failed: 1 } : counts;
}

/**
 * Tells what failed by vitest's JSON report: file, test and the first lines of each message.
 *
 * @param report - the parsed report; undefined when there is none
 */
export function describeFailures(report: unknown): string[] {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return [];
  return parsed.data.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${name}\n${firstLines(message)}`] : [];
    return failed.map(
      ({ fullName, failureMessages }) =>
        `${name} > ${fullName}\n${firstLines((failureMessages ?? []).join('\n'))}`,
    );
  });
}

function firstLines(text: string): string {
  const lines = text.trim().split('\n').slice(0, 12);
  return lines.map((line) => `    ${line.slice(0, 300)}`).join('\n');
}

/** Adds up the counts of several suites. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** The closing line of a test run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
