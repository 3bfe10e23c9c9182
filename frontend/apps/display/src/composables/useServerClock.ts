import { useServices } from '@happy-path/app';
import { onScopeDispose, watch } from 'vue';
import { createServerClock, dateSighting, type ServerClock } from './server-clock.ts';

export interface ServerClockOptions {
  /** Asks the server for any answer with a `Date`. */
  ask?: () => Promise<Headers>;
}

const EVERY = 60_000;

/** As little as a server can be asked for, and past every cache. */
const headOfConfig = async () => {
  const answer = await fetch('/config.json', {
    method: 'HEAD',
    cache: 'no-store',
    signal: AbortSignal.timeout(6000),
  });
  return answer.headers;
};

/** The server's clock, compared each minute and after each reconnection; a TV's own may be hours off until it is set. */
export function useServerClock({ ask = headOfConfig }: ServerClockOptions = {}): ServerClock {
  const { realtime } = useServices();
  const clock = createServerClock();
  let asking = false;

  async function compare(): Promise<void> {
    if (asking) return;
    asking = true;
    const asked = Date.now();
    try {
      const sighting = dateSighting(await ask(), { asked, answered: Date.now() });
      if (sighting) clock.learn(sighting);
    } catch {
      // Without the server there is no time to learn; the last difference holds.
    } finally {
      asking = false;
    }
  }

  const timer = setInterval(compare, EVERY);
  onScopeDispose(() => clearInterval(timer));
  onScopeDispose(realtime.onReconnect(compare));
  // Somebody else found the clock wrong, but by a measure of minutes: the header knows it to the second.
  watch(clock.corrections, compare);
  void compare();
  return clock;
}
