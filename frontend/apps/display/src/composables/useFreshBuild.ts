import { onScopeDispose, watch } from 'vue';

export interface FreshBuildOptions {
  /** Nobody would notice a reload. */
  calm: () => boolean;
  /** Something does not work that should. */
  troubled: () => boolean;
  /** Reads the page as it is deployed now; rejects when the server cannot be reached. */
  readPage?: () => Promise<string>;
  reload?: () => void;
  /** The script that this page runs. */
  running?: string | undefined;
}

const EVERY = 10 * 60_000;

const deployedPage = async () => {
  const answer = await fetch(import.meta.env.BASE_URL, {
    cache: 'no-cache',
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok) throw new Error(`Expected the app's page, got ${answer.status}`);
  return answer.text();
};

/** The address of a page's script: it holds a hash of all that the app consists of. */
export const scriptOf = (page: string): string | undefined => /<script\b[^>]*\bsrc="([^"]+)"/.exec(page)?.[1];

/**
 * Reloads the screen when a newer build is deployed, in a calm moment, and when something has not worked for long.
 * Never more than once in ten minutes, and never when the server does not answer: that would end in the browser's
 * error page, which nobody comes to dismiss.
 */
export function useFreshBuild(options: FreshBuildOptions): void {
  const {
    readPage = deployedPage,
    reload = () => location.reload(),
    running = scriptOf(document.documentElement.outerHTML),
  } = options;
  let outdated = false;
  let troubledSince: number | undefined;
  let ended = false;

  watch(
    options.troubled,
    (is) => {
      troubledSince = is ? performance.now() : undefined;
    },
    { immediate: true },
  );

  async function check(): Promise<void> {
    const page = await readPage().catch(() => undefined);
    if (page === undefined || ended) return;
    const deployed = scriptOf(page);
    outdated = deployed !== undefined && deployed !== running;
    const longTrouble = troubledSince !== undefined && performance.now() - troubledSince >= EVERY;
    if (longTrouble || (outdated && options.calm())) reload();
  }

  // What was outdated in a busy moment is replaced in the next calm one, once the server has shown again that it is there.
  watch(options.calm, (calm) => calm && outdated && check());
  const timer = setInterval(check, EVERY);
  onScopeDispose(() => {
    ended = true;
    clearInterval(timer);
  });
}
