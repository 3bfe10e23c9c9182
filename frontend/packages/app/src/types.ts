import type { ComputedRef, Ref } from 'vue';

/** What a view has to show: a skeleton, the thing, the words for nothing, or what went wrong with a retry button. */
export type LoadState = 'loading' | 'ready' | 'empty' | 'error';

/** Why something could not be read, in words for the person and a kind for decisions. */
export interface LoadError {
  kind: 'offline' | 'not-found' | 'sign-in' | 'forbidden' | 'failed';
  message: string;
}

/** One thing that is read from the API. */
export interface Loadable {
  readonly state: ComputedRef<LoadState>;
  readonly error: Readonly<Ref<LoadError | undefined>>;
  /** Reads again; what is shown stays until the answer is there. */
  refresh(): Promise<void>;
}

/** A list that is read page by page. */
export interface PagedList<Item> extends Loadable {
  readonly items: Readonly<Ref<readonly Item[]>>;
  /** Nothing more to load. */
  readonly end: ComputedRef<boolean>;
  readonly loadingMore: Readonly<Ref<boolean>>;
  /** Why the next page could not be read; the ones before stay. */
  readonly moreError: Readonly<Ref<LoadError | undefined>>;
  loadMore(): Promise<void>;
}
