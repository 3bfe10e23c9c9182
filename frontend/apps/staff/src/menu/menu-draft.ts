import type { Menu, MenuItem, Modifier } from '@happy-path/api-client';
import { priceText } from './money.ts';

/** Something of the menu while it is edited: all that is typed stays text, and `key` is its name until it has an id. */
interface Draft {
  readonly key: string;
  /** Of what is on the menu already; it stays when the name changes, for orders and modifiers tell of it. */
  readonly id?: string;
  name: string;
}
export interface DraftOption extends Draft {
  price: string;
}
export interface DraftModifier extends Draft {
  options: DraftOption[];
}
export interface DraftItem extends Draft {
  price: string;
  available: boolean;
  modifiers: DraftModifier[];
}

let made = 0;
const nextKey = () => `draft-${++made}`;

/** The menu as it can be edited. */
export const draftOf = (menu: Menu): DraftItem[] =>
  menu.map(({ id, name, cents, available, modifiers }) => ({
    key: nextKey(),
    id,
    name,
    price: priceText(cents),
    available,
    modifiers: modifiers.map(draftOfModifier),
  }));

const draftOfModifier = ({ id, name, options }: Modifier): DraftModifier => ({
  key: nextKey(),
  id,
  name,
  options: options.map((option) => ({
    key: nextKey(),
    id: option.id,
    name: option.name,
    price: priceText(option.cents),
  })),
});

export const newOption = (): DraftOption => ({ key: nextKey(), name: '', price: '0.00' });
export const newModifier = (): DraftModifier => ({ key: nextKey(), name: '', options: [newOption()] });
export const newItem = (): DraftItem => ({
  key: nextKey(),
  name: '',
  price: '',
  available: true,
  modifiers: [],
});

/** Whether two drafts say the same, whatever their keys. */
export const saysTheSame = (one: readonly DraftItem[], other: readonly DraftItem[]): boolean =>
  JSON.stringify(one, withoutKeys) === JSON.stringify(other, withoutKeys);

const withoutKeys = (name: string, value: unknown) => (name === 'key' ? undefined : value);

/** Moves a thing of a list by one place up or down, and nowhere at the end. */
export function move<Thing>(things: readonly Thing[], index: number, by: -1 | 1): Thing[] {
  const moved = [...things];
  const [thing] = moved.splice(index, 1);
  const to = index + by;
  if (thing === undefined || to < 0 || to > moved.length) return [...things];
  moved.splice(to, 0, thing);
  return moved;
}

/** The menu with one drink sold out or back; nothing when it has no such drink. */
export function withAvailable(menu: Menu, id: string, available: boolean): Menu | undefined {
  if (!menu.some((item) => item.id === id)) return undefined;
  return menu.map((item): MenuItem => (item.id === id ? { ...item, available } : item));
}
