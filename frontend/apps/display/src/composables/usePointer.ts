import { onScopeDispose, type Ref, readonly, ref } from 'vue';

const SHOWN = 4000;

/** Whether somebody has just moved a mouse: a café's screen has none, but whoever sets it up does. */
export function usePointer(): Readonly<Ref<boolean>> {
  const moved = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function wake(): void {
    moved.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      moved.value = false;
    }, SHOWN);
  }

  addEventListener('pointermove', wake);
  addEventListener('keydown', wake);
  onScopeDispose(() => {
    removeEventListener('pointermove', wake);
    removeEventListener('keydown', wake);
    clearTimeout(timer);
  });
  return readonly(moved);
}
