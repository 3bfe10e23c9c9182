export interface Page<Item> {
  items: readonly Item[];
  nextCursor?: string | undefined;
}

/** The pages read so far, and where the next one begins; without a cursor there is no next. */
export type List<Item> = Page<Item>;

/**
 * Puts a newly read first page over the list: what the page does not name and what should stand within it has gone,
 * what follows it stays. When the page and the list have nothing in common, too much has changed and the list starts anew.
 */
export function mergeFirstPage<Item>(
  list: List<Item> | undefined,
  page: Page<Item>,
  keyOf: (item: Item) => string,
): List<Item> {
  const last = page.items.at(-1);
  if (!list || page.nextCursor === undefined || last === undefined) return page;
  const seam = list.items.findIndex((item) => keyOf(item) === keyOf(last));
  if (seam < 0) return page;
  return { items: [...page.items, ...list.items.slice(seam + 1)], nextCursor: list.nextCursor };
}

/** Adds the next page; an item that moved while paging stands only once. */
export function mergeNextPage<Item>(
  list: List<Item>,
  page: Page<Item>,
  keyOf: (item: Item) => string,
): List<Item> {
  const known = new Set(list.items.map(keyOf));
  const fresh = page.items.filter((item) => !known.has(keyOf(item)));
  return { items: [...list.items, ...fresh], nextCursor: page.nextCursor };
}
