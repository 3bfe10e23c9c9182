import type { Place } from '@happy-path/api-client';
import { useServices } from '@happy-path/app';
import { onScopeDispose, type Ref, shallowReadonly, shallowRef, watch } from 'vue';

export interface PlaceSearch {
  /** Places whose name begins like the query; nothing while there is none or the answer is on its way. */
  readonly found: Readonly<Ref<readonly Place[] | undefined>>;
}

const PAUSE_MILLISECONDS = 200;
const MOST = 6;

/** Looks for places by name while one types. */
export function usePlaceSearch(query: () => string): PlaceSearch {
  const { api } = useServices();
  const found = shallowRef<readonly Place[]>();
  let reading: AbortController | undefined;

  async function look(q: string, mine: AbortController): Promise<void> {
    try {
      const { items } = await api.listPlaces({ q, limit: MOST }, { signal: mine.signal });
      if (!mine.signal.aborted) found.value = items;
    } catch {
      // A suggestion that does not come is not worth a word; the banner tells of a lost network.
      if (!mine.signal.aborted) found.value = undefined;
    }
  }

  watch(query, (text, _before, onCleanup) => {
    found.value = undefined;
    const q = text.trim();
    if (q.length < 2) return;
    const mine = new AbortController();
    reading = mine;
    const timer = setTimeout(() => void look(q, mine), PAUSE_MILLISECONDS);
    onCleanup(() => {
      clearTimeout(timer);
      mine.abort();
    });
  });
  onScopeDispose(() => reading?.abort());
  return { found: shallowReadonly(found) };
}
