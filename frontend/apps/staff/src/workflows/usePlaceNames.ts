import { useServices } from '@happy-path/app';
import { type MaybeRefOrGetter, onScopeDispose, shallowReactive, toValue, watch } from 'vue';

/** The names of some places, read once each; a place that is not known keeps its id. */
export function usePlaceNames(ids: MaybeRefOrGetter<readonly string[]>): (placeId: string) => string {
  const { api } = useServices();
  const names = shallowReactive(new Map<string, string>());
  const asked = new Set<string>();
  const controller = new AbortController();
  onScopeDispose(() => controller.abort());

  async function read(placeId: string): Promise<void> {
    try {
      const { name } = await api.getPlace(placeId, { signal: controller.signal });
      names.set(placeId, name);
    } catch {
      // The id says enough, and the next visit asks again.
    }
  }
  watch(
    () => toValue(ids),
    (wanted) => {
      for (const id of wanted.filter((one) => !asked.has(one))) {
        asked.add(id);
        void read(id);
      }
    },
    { immediate: true },
  );
  return (placeId) => names.get(placeId) ?? placeId;
}
