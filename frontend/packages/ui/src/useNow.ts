import { onScopeDispose, type Ref, readonly, ref } from 'vue';

/** The time of now in milliseconds, kept up to date while the component lives. */
export function useNow(interval = 1000): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, interval);
  onScopeDispose(() => clearInterval(timer));
  return readonly(now);
}
