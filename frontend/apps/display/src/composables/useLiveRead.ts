import { OfflineError } from '@happy-path/api-client';
import { type LoadError, loadErrorOf, useServices } from '@happy-path/app';
import { onScopeDispose, type Ref, shallowReadonly, shallowRef } from 'vue';

export interface LiveReadOptions<Value> {
  read: (signal: AbortSignal) => Promise<Value>;
  /** Milliseconds after which it is read again although nobody hinted at a change. */
  every: () => number;
  /** Milliseconds until this value is known to be over, when that is sooner. */
  endsIn?: (value: Value) => number;
}

/** One thing of the API that is kept up to date for days. */
export interface LiveRead<Value> {
  readonly value: Readonly<Ref<Value | undefined>>;
  /** Why the last read failed; the value before stays. */
  readonly error: Readonly<Ref<LoadError | undefined>>;
  /** Something changed: reads shortly, once for all hints of that moment; while reads fail, in its own time. */
  hint(): void;
  /** Reads at once, or once more after the read that is going on. */
  now(): void;
}

/** How long hints are gathered, because one order brings several events. */
const GATHER = 300;
/** Never hotter than this, whatever ends when. */
const SHORTEST = 1000;
const BACKOFF = { first: 2000, longest: 60_000 };
/** After this, an answer counts as lost even if nobody says so. */
const PATIENCE = 90_000;

/**
 * Reads at once, on hints, before the value is over, when reception returns, and every now and then; failures make
 * it wait longer each time. There is one timer and one request at any moment, and both end with the scope.
 */
export function useLiveRead<Value>(options: LiveReadOptions<Value>): LiveRead<Value> {
  const { network } = useServices();
  const value = shallowRef<Value>();
  const error = shallowRef<LoadError>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let running: AbortController | undefined;
  let wanted: number | undefined;
  let failures = 0;
  let ended = false;

  /** Reads after `delay` at the latest. */
  function within(delay: number): void {
    if (ended) return;
    if (running) {
      wanted = Math.min(wanted ?? delay, delay);
      return;
    }
    const at = performance.now() + delay;
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(run, delay);
  }

  async function run(): Promise<void> {
    dueAt = Number.POSITIVE_INFINITY;
    const mine = new AbortController();
    running = mine;
    const patience = setTimeout(() => mine.abort(new OfflineError()), PATIENCE);
    try {
      const answer = await Promise.race([options.read(mine.signal), abortOf(mine.signal)]);
      if (ended) return;
      value.value = answer;
      error.value = undefined;
      failures = 0;
    } catch (cause) {
      if (ended) return;
      error.value = loadErrorOf(cause);
      failures++;
    } finally {
      clearTimeout(patience);
      running = undefined;
    }
    within(Math.min(wanted ?? Number.POSITIVE_INFINITY, pause()));
    wanted = undefined;
  }

  function pause(): number {
    if (failures > 0) {
      const longest = Math.min(BACKOFF.longest, BACKOFF.first * 2 ** (failures - 1));
      return longest * (0.5 + Math.random() / 2);
    }
    const end = value.value === undefined ? undefined : options.endsIn?.(value.value);
    return Math.max(SHORTEST, Math.min(options.every(), end ?? Number.POSITIVE_INFINITY));
  }

  onScopeDispose(network.onBack(() => error.value && within(0)));
  onScopeDispose(() => {
    ended = true;
    clearTimeout(timer);
    running?.abort(new OfflineError());
  });
  void run();

  return {
    value: shallowReadonly(value),
    error: shallowReadonly(error),
    hint: () => failures === 0 && within(GATHER),
    now: () => within(0),
  };
}

/** Rejects when the signal aborts: not everything that is awaited hears signals. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
