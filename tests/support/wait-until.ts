/** Answers a probe's first defined answer; fails with what it saw last when the time is over first. */
export async function waitUntil<T>(
  expected: string,
  probe: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 30_000, pauseMs = 60, seen = () => 'nothing' as unknown } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (Date.now() > end) {
      throw new Error(`Expected ${expected} within ${timeoutMs} ms, got ${JSON.stringify(seen())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
