/** A page of a list that goes on after `last` when that is given. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly last?: string;
}

/** What is asked of a list that is read page by page. */
export interface PageRequest {
  readonly limit: number;
  /** The `last` of the page before. */
  readonly after?: string;
}
