import { computed, ref } from 'vue';
import type { MapPadding } from '../map/map-view.ts';

/** How far the list stands over the map on a phone. */
export type Snap = 'peek' | 'half' | 'full';

const query = window.matchMedia('(min-width: 56rem)');
const wide = ref(query.matches);
query.addEventListener('change', ({ matches }) => {
  wide.value = matches;
});
const height = ref(window.innerHeight);
window.addEventListener('resize', () => {
  height.value = window.innerHeight;
});

const snap = ref<Snap>('half');
/** The space that stays above the list when it is all the way up: search and a strip of map. */
const topSpace = 76;
const snapHeights = computed<Record<Snap, number>>(() => ({
  peek: 116,
  half: Math.round(height.value * 0.46),
  full: height.value - topSpace,
}));
const mapPadding = computed<MapPadding>(() =>
  wide.value
    ? { top: 0, right: 0, bottom: 0, left: 0 }
    : {
        top: topSpace,
        right: 0,
        bottom: snapHeights.value[snap.value === 'full' ? 'half' : snap.value],
        left: 0,
      },
);

/** Whether list and map stand beside each other, and how the list's sheet covers the map when they do not. */
export const useLayout = () => ({ wide, snap, snapHeights, mapPadding });
