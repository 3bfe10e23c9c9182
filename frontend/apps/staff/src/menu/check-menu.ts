import type { Menu } from '@happy-path/api-client';
import type { DraftItem, DraftModifier, DraftOption } from './menu-draft.ts';
import { messages } from './messages.ts';
import { centsOf, MOST_CENTS } from './money.ts';

/** What is wrong, by field: `<key>.name`, `<key>.price`, `<key>.options`. */
export type Problems = Readonly<Record<string, string>>;

export interface CheckedMenu {
  readonly problems: Problems;
  /** Only when nothing is wrong. */
  readonly menu?: Menu;
}

/** The same limits as the API's, which would refuse the menu as a whole. */
export const limits = { items: 40, modifiers: 6, options: 12, name: 60 } as const;

/** Makes a menu of what was typed, or tells what is wrong with it, field by field. */
export function checkMenu(draft: readonly DraftItem[]): CheckedMenu {
  const found: Record<string, string> = { ...checkNames(draft) };
  for (const item of draft) Object.assign(found, checkItem(item));
  return Object.keys(found).length > 0 ? { problems: found } : { problems: {}, menu: menuOf(draft) };
}

function checkItem(item: DraftItem): Record<string, string> {
  const { modifiers } = item;
  const found = { ...checkPrice(item), ...checkNames(modifiers) };
  for (const { key, options } of modifiers) {
    Object.assign(found, checkNames(options), ...options.map(checkPrice));
    if (options.length === 0) found[`${key}.options`] = messages.problems.noOptions;
  }
  // Only whole prices can be added up.
  if (Object.keys(found).length > 0) return found;
  const dearest = modifiers.reduce(
    (sum, { options }) => sum + Math.max(...options.map(({ price }) => centsOf(price) ?? 0)),
    centsOf(item.price) ?? 0,
  );
  return dearest > MOST_CENTS ? { [`${item.key}.price`]: messages.problems.tooDear } : {};
}

const checkPrice = ({ key, price }: DraftItem | DraftOption): Record<string, string> =>
  centsOf(price) === undefined ? { [`${key}.price`]: messages.problems.price } : {};

/** Two things of one name could not be told apart. */
function checkNames(things: readonly (DraftItem | DraftModifier | DraftOption)[]): Record<string, string> {
  const seen = new Set<string>();
  const found: Record<string, string> = {};
  for (const { key, name } of things) {
    const text = name.trim().toLowerCase();
    if (text === '') found[`${key}.name`] = messages.problems.noName;
    else if (text.length > limits.name) found[`${key}.name`] = messages.problems.longName(limits.name);
    else if (seen.has(text)) found[`${key}.name`] = messages.problems.sameName;
    seen.add(text);
  }
  return found;
}

const menuOf = (draft: readonly DraftItem[]): Menu =>
  named(draft).map(([id, { name, price, available, modifiers }]) => ({
    id,
    name: name.trim(),
    cents: centsOf(price) ?? 0,
    available,
    modifiers: named(modifiers).map(([id, { name, options }]) => ({
      id,
      name: name.trim(),
      options: named(options).map(([id, { name, price }]) => ({
        id,
        name: name.trim(),
        cents: centsOf(price) ?? 0,
      })),
    })),
  }));

/** Gives an id to what has none: its name in plain letters, and a number where that is taken. */
function named<Thing extends { readonly id?: string; name: string }>(
  things: readonly Thing[],
): (readonly [id: string, thing: Thing])[] {
  const taken = new Set(things.flatMap(({ id }) => id ?? []));
  return things.map((thing) => {
    const id = thing.id ?? freeId(thing.name, taken);
    taken.add(id);
    return [id, thing];
  });
}

const LONGEST_ID = 36;

function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_ID)
    .replace(/^-+|-+$/g, '');
  const base = plain === '' ? 'item' : plain;
  for (let number = 2, id = base; ; number++) {
    if (!taken.has(id)) return id;
    id = `${base}-${number}`;
  }
}
