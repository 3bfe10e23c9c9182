import { computed, onScopeDispose, ref, shallowReadonly, shallowRef, type WatchSource, watch } from 'vue';
import { loadErrorOf } from './load-error.ts';
import { type List, mergeFirstPage, mergeNextPage, type Page } from './paging.ts';
import { useServices } from './services.ts';
import type { LoadError, LoadState, PagedList } from './types.ts';

export interface PagedListOptions<Item> {
  /** Starts from the top again when it changes. */
  source: WatchSource<unknown>;
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>;
  keyOf: (item: Item) => string;
}

export interface EditablePagedList<Item> extends PagedList<Item> {
  /** Changes what is shown without reading, for what a notification or the visitor did. */
  edit(change: (items: readonly Item[]) => readonly Item[]): void;
  /** Reads again once the read that is going on, if any, has ended: it may have been too early, but it shows something. */
  reread(): Promise<void>;
}

/** Reads a list page by page; reading it again keeps the pages that are already there and the place in them. */
export function usePagedList<Item>(options: PagedListOptions<Item>): EditablePagedList<Item> {
  const { network } = useServices();
  const list = shallowRef<List<Item>>();
  const error = shallowRef<LoadError>();
  const moreError = shallowRef<LoadError>();
  const loadingMore = ref(false);
  let reading: AbortController | undefined;
  let ended: Promise<void> = Promise.resolve();

  async function readFirst(mine: AbortController): Promise<void> {
    try {
      const page = await options.read(undefined, mine.signal);
      if (mine.signal.aborted) return;
      list.value = mergeFirstPage(list.value, page, options.keyOf);
      error.value = undefined;
    } catch (cause) {
      if (!mine.signal.aborted) error.value = loadErrorOf(cause);
    }
  }

  async function readNext(before: List<Item>, mine: AbortController): Promise<void> {
    loadingMore.value = true;
    moreError.value = undefined;
    try {
      const page = await options.read(before.nextCursor, mine.signal);
      if (!mine.signal.aborted) list.value = mergeNextPage(list.value ?? before, page, options.keyOf);
    } catch (cause) {
      if (!mine.signal.aborted) moreError.value = loadErrorOf(cause);
    } finally {
      if (reading === mine) loadingMore.value = false;
    }
  }

  /** One read at a time: a page that arrives after a newer first page would not fit under it. */
  function start(read: (mine: AbortController) => Promise<void>): Promise<void> {
    reading?.abort();
    loadingMore.value = false;
    reading = new AbortController();
    ended = read(reading);
    return ended;
  }

  const refresh = () => start(readFirst);

  async function loadMore(): Promise<void> {
    const before = list.value;
    if (loadingMore.value || before?.nextCursor === undefined) return;
    await start((mine) => readNext(before, mine));
  }

  watch(
    options.source,
    () => {
      list.value = undefined;
      error.value = undefined;
      moreError.value = undefined;
      void refresh();
    },
    { immediate: true },
  );
  onScopeDispose(
    network.onBack(() => {
      if (error.value?.kind === 'offline') void refresh();
      else if (moreError.value?.kind === 'offline') void loadMore();
    }),
  );
  onScopeDispose(() => reading?.abort());

  return {
    items: computed(() => list.value?.items ?? []),
    state: computed<LoadState>(() => {
      if (list.value === undefined) return error.value ? 'error' : 'loading';
      return list.value.items.length > 0 ? 'ready' : 'empty';
    }),
    error: shallowReadonly(error),
    end: computed(() => list.value !== undefined && list.value.nextCursor === undefined),
    loadingMore: shallowReadonly(loadingMore),
    moreError: shallowReadonly(moreError),
    refresh,
    reread: () => ended.then(refresh),
    loadMore,
    edit(change) {
      if (list.value) list.value = { ...list.value, items: change(list.value.items) };
    },
  };
}
