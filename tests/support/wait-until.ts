/**
 * Answers a probe's first defined answer; fails with what it saw last when the time is over first.
 *
 * Without `pauseMs` a probe comes once a tenth of the time that has passed is over again, at least every half second: the
 * longer it takes, the less it matters when it is noticed, and what probes cost is missing from what they wait for.
 */
export async function waitUntil<T>(
  expected: string,
  probe: () => Promise<T | undefined> | T | undefined,
  {
    timeoutMs = 90_000,
    pauseMs,
    seen = () => 'nothing',
  }: { timeoutMs?: number; pauseMs?: number; seen?: () => unknown } = {},
): Promise<T> {
  const start = Date.now();
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    const elapsed = Date.now() - start;
    if (elapsed > timeoutMs) {
      throw new Error(`Expected ${expected} within ${timeoutMs} ms, got ${JSON.stringify(seen())}`);
    }
    const pause = pauseMs ?? Math.min(500, Math.max(60, elapsed / 10));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
