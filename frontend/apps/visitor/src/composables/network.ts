import { type ComputedRef, computed, ref, watch } from 'vue';

/** Whether the server can be reached, as far as one can know. */
export interface Network {
  readonly online: ComputedRef<boolean>;
  /** Tells what the last attempt to reach the server showed; the browser itself only knows of its own radio. */
  report(reached: boolean): void;
  /** Calls back each time reception returns, until the returned function is called. */
  onBack(callback: () => void): () => void;
}

export function createNetwork(target: Window = window): Network {
  const radio = ref(target.navigator.onLine);
  const reached = ref(true);
  const online = computed(() => radio.value && reached.value);

  target.addEventListener('online', () => {
    radio.value = true;
    // Innocent until an attempt fails: everybody may try at once.
    reached.value = true;
  });
  target.addEventListener('offline', () => {
    radio.value = false;
  });

  return {
    online,
    report: (value) => {
      reached.value = value;
    },
    onBack: (callback) => watch(online, (now) => now && callback(), { flush: 'sync' }),
  };
}
