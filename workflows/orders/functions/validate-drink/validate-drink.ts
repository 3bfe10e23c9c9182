import * as z from 'zod';
import { cupName, type Drink, drinkChoice, type Menu, type MenuItem } from '#contracts/orders.ts';
import { cafeItem } from '#contracts/tables/order-items.ts';
import { localDay } from '../../local-day.ts';
import { attributes } from '../../stores/order-manager.ts';

/** What the order manager asks: its request, and the café's item as it read it. */
export const validateDrinkInput = z.object({
  cafe: attributes.pipe(cafeItem.pick({ menu: true, timeZone: true })),
  request: z.object({
    drink: z.unknown().optional(),
    name: z.unknown().optional(),
    pickUpAt: z.unknown().optional(),
  }),
  now: z.iso.datetime(),
});
type Input = z.infer<typeof validateDrinkInput>;

/** A drink that can be made, or what is wrong and where. `name` is empty when the guest gave none. */
export type DrinkVerdict =
  | {
      readonly ok: true;
      readonly drink: Drink;
      readonly name: string;
      readonly day: string;
      readonly pickUpAt?: string;
    }
  | Refusal;

interface Refusal {
  readonly ok: false;
  readonly path: string;
  readonly message: string;
}

/** When a café begins an order for later, and how far ahead it takes one. */
export interface PickUpLimits {
  readonly leadSeconds: number;
  readonly maxSeconds: number;
}

/**
 * Holds what a guest asks for against the café's menu and clock. Whatever was sent, the answer says whether it can be
 * made: nothing a guest can type makes the workflow fail.
 */
export const validateDrink =
  (limits: PickUpLimits) =>
  async ({ cafe, request, now }: Input): Promise<DrinkVerdict> => {
    const drink = chosen(cafe.menu, request.drink);
    if ('ok' in drink) return drink;
    const name = cleanName(request.name);
    if (typeof name !== 'string') return name;
    const pickUpAt = request.pickUpAt ?? undefined;
    if (pickUpAt === undefined) return { ok: true, drink, name, day: localDay(now, cafe.timeZone) };
    const at = pickUpTime(pickUpAt, now, limits);
    if (typeof at !== 'string') return at;
    return { ok: true, drink, name, day: localDay(at, cafe.timeZone), pickUpAt: at };
  };

const refusal = (path: string, message: string): Refusal => ({ ok: false, path, message });

function chosen(menu: Menu, asked: unknown): Drink | Refusal {
  const parsed = drinkChoice.safeParse(asked);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = ['drink', ...(issue?.path ?? [])].join('.');
    return refusal(path, issue?.message ?? 'Expected a drink of the menu.');
  }
  const item = menu.find(({ id }) => id === parsed.data.itemId);
  if (!item) return refusal('drink.itemId', 'Expected a drink of this menu. Please choose another one.');
  if (!item.available) return refusal('drink.itemId', `${item.name} is sold out. Please choose another one.`);
  return made(item, new Map(Object.entries(parsed.data.modifiers)));
}

function made(item: MenuItem, asked: ReadonlyMap<string, string>): Drink | Refusal {
  const known = new Set(item.modifiers.map(({ id }) => id));
  const unknown = [...asked.keys()].find((id) => !known.has(id));
  if (unknown !== undefined) {
    return refusal(`drink.modifiers.${unknown}`, `${item.name} cannot be changed in this way.`);
  }
  const modifiers: Drink['modifiers'] = [];
  let { cents } = item;
  for (const { id, name, options } of item.modifiers) {
    const wanted = asked.get(id) ?? options[0]?.id;
    const option = options.find((one) => one.id === wanted);
    if (!option) {
      return refusal(`drink.modifiers.${id}`, `${item.name} does not come with this choice of ${name}.`);
    }
    modifiers.push({ id, name, optionId: option.id, option: option.name });
    cents += option.cents;
  }
  return { itemId: item.id, name: item.name, modifiers, cents };
}

/** Characters that cannot be seen and can turn around what stands beside them; those that join emoji stay. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

function cleanName(given: unknown): string | Refusal {
  const text = z.string().safeParse(given ?? '');
  if (!text.success) return refusal('name', 'Expected a name for the cup.');
  const spaced = text.data.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ');
  const parsed = cupName.safeParse(spaced.replace(invisible, '').replace(/ +/g, ' '));
  return parsed.success ? parsed.data : refusal('name', 'Expected a name of at most 24 characters.');
}

function pickUpTime(given: unknown, now: string, { leadSeconds, maxSeconds }: PickUpLimits) {
  const parsed = z.iso.datetime().safeParse(given);
  if (!parsed.success) return refusal('pickUpAt', 'Expected a time to pick the drink up.');
  const ahead = (Date.parse(parsed.data) - Date.parse(now)) / 1000;
  if (ahead < leadSeconds) {
    return refusal('pickUpAt', `Expected a time at least ${inWords(leadSeconds)} from now.`);
  }
  if (ahead > maxSeconds) {
    return refusal('pickUpAt', `Expected a time at most ${inWords(maxSeconds)} from now.`);
  }
  return new Date(parsed.data).toISOString();
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
