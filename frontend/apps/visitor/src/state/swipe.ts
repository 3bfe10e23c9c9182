import { computed, ref } from 'vue';

interface Swipe {
  readonly onLeft: () => void;
  readonly onRight: () => void;
  readonly onDown: () => void;
}

/** Far enough to be meant, in pixels. */
const threshold = 56;

/** Follows one finger over an element and calls back when it has gone left, right or down. */
export function useSwipe({ onLeft, onRight, onDown }: Swipe) {
  const moved = ref<{ x: number; y: number }>();
  let start: { x: number; y: number; id: number } | undefined;

  const end = () => {
    start = undefined;
    moved.value = undefined;
  };
  const handlers = {
    pointerdown(event: PointerEvent) {
      // A second finger is a pinch, which is the browser's business.
      if (!event.isPrimary) return end();
      if (event.pointerType !== 'mouse') start = { x: event.clientX, y: event.clientY, id: event.pointerId };
    },
    pointermove(event: PointerEvent) {
      if (start?.id !== event.pointerId) return;
      const x = event.clientX - start.x;
      const y = event.clientY - start.y;
      moved.value = Math.abs(x) > Math.abs(y) ? { x, y: 0 } : { x: 0, y: Math.max(0, y) };
    },
    pointerup() {
      const { x, y } = moved.value ?? { x: 0, y: 0 };
      end();
      if (x < -threshold) onLeft();
      else if (x > threshold) onRight();
      else if (y > threshold * 1.5) onDown();
    },
    pointercancel: end,
  };
  const style = computed(
    () => moved.value && { transform: `translate(${moved.value.x}px, ${moved.value.y}px)` },
  );
  return { handlers, style };
}
