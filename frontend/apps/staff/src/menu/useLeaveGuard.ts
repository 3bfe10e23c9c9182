import { onScopeDispose, type Ref, readonly, ref } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

/** Asks before what is not saved would be lost: on the way to another page of the app, and before the page closes. */
export function useLeaveGuard(dirty: Readonly<Ref<boolean>>) {
  const asking = ref(false);
  let settle: ((leave: boolean) => void) | undefined;

  function answer(leave: boolean): void {
    asking.value = false;
    settle?.(leave);
    settle = undefined;
  }
  onBeforeRouteLeave(() => {
    if (!dirty.value) return true;
    // Of two ways out the later one counts.
    answer(false);
    asking.value = true;
    return new Promise<boolean>((resolve) => {
      settle = resolve;
    });
  });
  const onUnload = (event: BeforeUnloadEvent) => dirty.value && event.preventDefault();
  addEventListener('beforeunload', onUnload);
  onScopeDispose(() => removeEventListener('beforeunload', onUnload));
  return { asking: readonly(asking), answer };
}
