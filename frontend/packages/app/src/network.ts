import { type ComputedRef, computed, ref, watch } from 'vue';

/** Whether the server can be reached, as far as one can know. */
export interface Network {
  readonly online: ComputedRef<boolean>;
  /** Tells what the last attempt to reach the server showed; the browser itself only knows of its own radio. */
  report(reached: boolean): void;
  /** Calls back each time reception returns, until the returned function is called. */
  onBack(callback: () => void): () => void;
}

export interface NetworkOptions {
  /** Asks the server for a sign of life; anything but a rejection is one. */
  probe?: () => Promise<unknown>;
  /** Milliseconds between two probes. @default 8000 */
  interval?: number;
}

/** As little as a server can be asked for, and past every cache. */
const headOfConfig = () =>
  fetch('/config.json', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(6000) });

/** Follows the radio and every attempt to reach the server; while the last one failed, it asks again by itself. */
export function createNetwork({ probe = headOfConfig, interval = 8000 }: NetworkOptions = {}): Network {
  const radio = ref(navigator.onLine);
  const reached = ref(true);
  const online = computed(() => radio.value && reached.value);

  addEventListener('online', () => {
    radio.value = true;
    // Innocent until an attempt fails: everybody may try at once.
    reached.value = true;
  });
  addEventListener('offline', () => {
    radio.value = false;
  });

  async function ask(): Promise<void> {
    // A page that nobody looks at can wait; the radio says itself when it is on again.
    if (document.visibilityState !== 'visible' || !radio.value) return;
    await probe().then(
      () => {
        reached.value = true;
      },
      () => undefined,
    );
  }

  watch(
    reached,
    (value, _before, onCleanup) => {
      if (value) return;
      const timer = setInterval(ask, interval);
      onCleanup(() => clearInterval(timer));
    },
    { flush: 'sync' },
  );

  return {
    online,
    report: (value) => {
      reached.value = value;
    },
    onBack: (callback) => watch(online, (now) => now && callback(), { flush: 'sync' }),
  };
}
