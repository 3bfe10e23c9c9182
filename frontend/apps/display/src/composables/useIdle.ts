import { type Ref, readonly, ref, watch } from 'vue';

const AFTER = 2 * 60_000;

/** Whether nothing has been going on for two minutes; what goes on ends it at once. */
export function useIdle(busy: () => boolean): Readonly<Ref<boolean>> {
  const idle = ref(false);
  watch(
    busy,
    (isBusy, _before, onCleanup) => {
      idle.value = false;
      if (isBusy) return;
      const timer = setTimeout(() => {
        idle.value = true;
      }, AFTER);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );
  return readonly(idle);
}
