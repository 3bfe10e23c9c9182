import { onScopeDispose, type Ref, shallowReadonly, shallowRef, watch } from 'vue';

/** How long a number stands out after it came. */
const STANDS_OUT = 10_000;
/** Longer than a number stays on the board, shorter than a day, after which numbers begin again. */
const REMEMBERED = 15 * 60_000;

/** The numbers that have just come: each once, even if a read from an old copy of the board lost it in between. */
export function useFresh(numbers: () => readonly number[] | undefined): Readonly<Ref<ReadonlySet<number>>> {
  const fresh = shallowRef<ReadonlySet<number>>(new Set());
  const seenAt = new Map<number, number>();
  const cameAt = new Map<number, number>();
  let started = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(now: number, listed: readonly number[]): void {
    for (const [number, at] of seenAt) if (now - at > REMEMBERED) seenAt.delete(number);
    for (const number of listed) {
      // What stood there when the screen was switched on is no news.
      if (started && !seenAt.has(number)) cameAt.set(number, now);
      seenAt.set(number, now);
    }
    started = true;
    show(now);
  }

  function show(now: number): void {
    for (const [number, at] of cameAt) if (now - at >= STANDS_OUT) cameAt.delete(number);
    fresh.value = new Set(cameAt.keys());
    clearTimeout(timer);
    const [oldest] = cameAt.values();
    if (oldest === undefined) return;
    timer = setTimeout(() => show(performance.now()), oldest + STANDS_OUT - now);
  }

  watch(numbers, (listed) => listed && look(performance.now(), listed), { immediate: true });
  onScopeDispose(() => clearTimeout(timer));
  return shallowReadonly(fresh);
}
