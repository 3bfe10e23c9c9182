import {
  computed,
  onScopeDispose,
  type Ref,
  shallowReadonly,
  shallowRef,
  type WatchSource,
  watch,
} from 'vue';
import { loadErrorOf } from './load-error.ts';
import { useServices } from './services.ts';
import type { Loadable, LoadError, LoadState } from './types.ts';

export interface Load<Value> extends Loadable {
  readonly value: Readonly<Ref<Value | undefined>>;
  /** Reads again once the read that is going on, if any, has ended: it may have been too early, but it shows something. */
  reread(): Promise<void>;
}

/** Reads one thing: at once, again when `source` changes, and when reception returns after it failed for want of it. */
export function useLoad<Value>(
  source: WatchSource<unknown>,
  read: (signal: AbortSignal) => Promise<Value>,
): Load<Value> {
  const { network } = useServices();
  const value = shallowRef<Value>();
  const error = shallowRef<LoadError>();
  let running: AbortController | undefined;
  let ended: Promise<void> = Promise.resolve();

  function refresh(): Promise<void> {
    running?.abort();
    running = new AbortController();
    ended = readOnce(running);
    return ended;
  }

  async function readOnce(mine: AbortController): Promise<void> {
    try {
      const answer = await read(mine.signal);
      if (mine.signal.aborted) return;
      value.value = answer;
      error.value = undefined;
    } catch (cause) {
      if (mine.signal.aborted) return;
      error.value = loadErrorOf(cause);
      if (error.value.kind === 'not-found') value.value = undefined;
    }
  }

  watch(
    source,
    () => {
      value.value = undefined;
      error.value = undefined;
      void refresh();
    },
    { immediate: true },
  );
  onScopeDispose(network.onBack(() => error.value?.kind === 'offline' && void refresh()));
  onScopeDispose(() => running?.abort());

  return {
    value: shallowReadonly(value),
    error: shallowReadonly(error),
    state: computed<LoadState>(() => {
      if (value.value !== undefined) return 'ready';
      return error.value ? 'error' : 'loading';
    }),
    refresh,
    reread: () => ended.then(refresh),
  };
}
