import type { Drink, DrinkChoice, MenuItem } from '@happy-path/api-client';

/** An amount in hundredths as people write it: "$4.50". */
export function money(cents: number, currency: string, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100);
}

/** A drink in one line: "Flat white · Large, Oat milk". */
export function drinkText({ name, modifiers }: Drink): string {
  const options = modifiers.map(({ option }) => option).join(', ');
  return options === '' ? name : `${name} · ${options}`;
}

/** What an item of the menu costs with these options; what is not chosen counts as its first option. */
export function priceOf(item: MenuItem, chosen: DrinkChoice['modifiers'] = {}): number {
  return item.modifiers.reduce((sum, { id, options }) => {
    const option = options.find((one) => one.id === chosen[id]) ?? options[0];
    return sum + (option?.cents ?? 0);
  }, item.cents);
}
