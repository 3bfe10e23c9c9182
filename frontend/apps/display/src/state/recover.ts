export interface RecoverOptions {
  /** Resolves when the server can give the app again. */
  reach?: () => Promise<unknown>;
  reload?: () => void;
}

const EVERY = 30_000;

const pageThere = async () => {
  const answer = await fetch(import.meta.env.BASE_URL, {
    cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok) throw new Error(`Expected the app's page, got ${answer.status}`);
};

/**
 * Makes the function that begins anew after a fault, half a minute later and as soon as the server answers: nobody
 * stands in front of a TV to press a button.
 */
export function createRecovery({ reach = pageThere, reload = () => location.reload() }: RecoverOptions = {}) {
  let waiting = false;

  async function attempt(): Promise<void> {
    try {
      await reach();
      reload();
    } catch {
      setTimeout(attempt, EVERY);
    }
  }

  return function recover(): void {
    if (waiting) return;
    waiting = true;
    setTimeout(attempt, EVERY);
  };
}
