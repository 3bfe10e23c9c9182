/** Says what is being done and how long it took, in plain lines that read the same in a terminal and in a log. */
export interface Progress {
  /** Runs one step between its opening and its closing line. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Prints one line of its own. */
  say(line: string): void;
}

interface ProgressOptions {
  /** @default console.log */
  write?: (line: string) => void;
  /** @default Date.now */
  now?: () => number;
  /** Pause between two signs of life of a long step. @default 10000 */
  beatMs?: number;
}

/** Makes a progress report; steps may overlap. */
export function createProgress({
  write = console.log,
  now = Date.now,
  beatMs = 10_000,
}: ProgressOptions = {}): Progress {
  const step = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    const started = now();
    const elapsed = () => `${((now() - started) / 1000).toFixed(1)} s`;
    write(`  ${title} ...`);
    const beat = setInterval(() => write(`  ${title} ... still at it (${elapsed()})`), beatMs);
    try {
      const result = await work();
      write(`✓ ${title} (${elapsed()})`);
      return result;
    } catch (error) {
      write(`✗ ${title} (${elapsed()})`);
      throw error;
    } finally {
      clearInterval(beat);
    }
  };
  return { step, say: write };
}
