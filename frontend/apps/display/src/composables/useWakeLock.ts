import { onScopeDispose } from 'vue';

/** Keeps the screen on, where the browser can; it lets go of the lock whenever the page is hidden. */
export function useWakeLock(): void {
  let lock: WakeLockSentinel | undefined;
  let ended = false;

  async function hold(): Promise<void> {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    const held = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (ended) void held?.release();
    else lock = held;
  }

  document.addEventListener('visibilitychange', hold);
  void hold();
  onScopeDispose(() => {
    ended = true;
    document.removeEventListener('visibilitychange', hold);
    void lock?.release();
  });
}
