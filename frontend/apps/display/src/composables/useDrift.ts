import { computed, onScopeDispose, ref } from 'vue';

const EVERY = 60_000;
const REACH_PIXELS = 10;

/** How long the small code stays in one corner. */
const MINUTES_A_SIDE = 5;

/** Keeps edges from standing on the same pixels of the panel for days: a shift by some pixels, and a side, by the minute. */
export function useDrift() {
  const minutes = ref(0);
  const timer = setInterval(() => {
    minutes.value++;
  }, EVERY);
  onScopeDispose(() => clearInterval(timer));
  return {
    // Two periods without a common measure: the way covers the whole square before it comes back.
    shift: computed(() => {
      const x = Math.round(REACH_PIXELS * Math.sin(minutes.value * 0.73));
      const y = Math.round(REACH_PIXELS * Math.sin(minutes.value * 0.51));
      return `translate(${x}px, ${y}px)`;
    }),
    side: computed(() => (Math.floor(minutes.value / MINUTES_A_SIDE) % 2 === 0 ? 'right' : 'left')),
  };
}
