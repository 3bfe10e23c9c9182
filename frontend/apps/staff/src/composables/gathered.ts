import { onScopeDispose } from 'vue';

/** Calls once for all calls that come within a span of time, at its end. */
export function gathered(call: () => unknown, milliseconds = 200): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      call();
    }, milliseconds);
  };
}
