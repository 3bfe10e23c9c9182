import { onScopeDispose, type Ref, shallowReadonly, shallowRef } from 'vue';
import type { ServerClock } from './server-clock.ts';

/** The server's time, followed once a second. */
export function useSeconds(clock: ServerClock): Readonly<Ref<number>> {
  const now = shallowRef(clock.now());
  const timer = setInterval(() => {
    now.value = clock.now();
  }, 1000);
  onScopeDispose(() => clearInterval(timer));
  return shallowReadonly(now);
}
