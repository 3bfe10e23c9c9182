import { computed, onScopeDispose, ref } from 'vue';

const EVERY = 60_000;
const REACH_PIXELS = 10;

/** A shift by some pixels that changes each minute, so that no edge stands on the same pixels of the panel for days. */
export function useDrift() {
  const minutes = ref(0);
  const timer = setInterval(() => {
    minutes.value++;
  }, EVERY);
  onScopeDispose(() => clearInterval(timer));
  // Two periods without a common measure: the way covers the whole square before it comes back.
  return computed(() => {
    const x = Math.round(REACH_PIXELS * Math.sin(minutes.value * 0.73));
    const y = Math.round(REACH_PIXELS * Math.sin(minutes.value * 0.51));
    return `translate(${x}px, ${y}px)`;
  });
}
