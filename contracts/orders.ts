import * as z from 'zod';

/**
 * The life of an order; it only moves to the right, each move is one conditional write, and the four at the end are
 * the only ways out of it. PREPARED is what the guest knows as ready.
 */
export const orderStatuses = [
  'ADMITTED',
  'STARTED',
  'AWAITING_CHOICE',
  'PLACED',
  'SCHEDULED',
  'QUEUED',
  'MAKING',
  'PREPARED',
  'COMPLETED',
  'CANCELLED',
  'TIMED_OUT',
  'REFUSED',
] as const;
export const orderStatus = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof orderStatus>;

/** Statuses of an order that is over; its guest may begin another one. */
export const finalStatuses = [
  'COMPLETED',
  'CANCELLED',
  'TIMED_OUT',
  'REFUSED',
] as const satisfies readonly OrderStatus[];
export const isFinal = (status: OrderStatus): boolean =>
  finalStatuses.some((finalStatus) => finalStatus === status);

/** How an order came about: by a code scanned at the café, or from anywhere for a later time. */
export const orderKind = z.enum(['SCAN', 'PRE_ORDER']);
export type OrderKind = z.infer<typeof orderKind>;

/** Who ended an order before it was completed. */
export const cancelledBy = z.enum(['GUEST', 'CAFE', 'SYSTEM']);

/** Why an order ended without a drink, and the words that its guest reads. */
export const orderMessages = {
  CAFE_CLOSED: 'The café has just closed. Your order was not taken.',
  NO_CAPACITY: 'The baristas have all they can make at once. Please try again in a few minutes.',
  NOT_CHOSEN:
    'No drink was chosen in time, so your place went to the next guest. Scan again when you are ready.',
  NOT_PREPARED: 'The café could not make your order in time. You have nothing to pay. Please try again.',
  CANCELLED_BY_GUEST: 'You cancelled this order.',
  OUT_OF_STOCK: 'The café has run out of what you ordered. Please choose something else.',
  CLOSING: 'The café had to close before your order could be made.',
  CANCELLED_BY_CAFE: 'The café cancelled this order. Please ask at the counter.',
  WORKFLOW_FAILED: 'We could not finish this order. It is not your fault. Please order again.',
} as const;
export const orderReasons = [
  'CAFE_CLOSED',
  'NO_CAPACITY',
  'NOT_CHOSEN',
  'NOT_PREPARED',
  'CANCELLED_BY_GUEST',
  'OUT_OF_STOCK',
  'CLOSING',
  'CANCELLED_BY_CAFE',
  'WORKFLOW_FAILED',
] as const satisfies readonly (keyof typeof orderMessages)[];
export const orderReason = z.enum(orderReasons);
export type OrderReason = z.infer<typeof orderReason>;

/** Why a barista cancels. */
export const baristaReasons = [
  'OUT_OF_STOCK',
  'CLOSING',
  'CANCELLED_BY_CAFE',
] as const satisfies readonly OrderReason[];

/** Names something in a menu: lower case, digits and dashes. */
const menuId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected an id such as flat-white')
  .max(40);
const menuText = z.string().trim().min(1).max(60);
/** Hundredths of the café's currency. */
const cents = z.int().min(0).max(100_000);

const unique = (values: readonly { readonly id: string }[]) =>
  new Set(values.map(({ id }) => id)).size === values.length;

/** A question that is asked about a drink, such as its size; the first option is taken when the guest does not say. */
export const modifier = z.strictObject({
  id: menuId,
  name: menuText,
  options: z
    .array(z.strictObject({ id: menuId, name: menuText, cents }))
    .min(1)
    .max(12)
    .refine(unique, 'Expected options with different ids'),
});
export type Modifier = z.infer<typeof modifier>;

export const menuItem = z.strictObject({
  id: menuId,
  name: menuText,
  cents,
  /** What is sold out stays on the menu and cannot be ordered. */
  available: z.boolean(),
  modifiers: z.array(modifier).max(6).refine(unique, 'Expected modifiers with different ids'),
});
export type MenuItem = z.infer<typeof menuItem>;

export const menu = z.array(menuItem).max(40).refine(unique, 'Expected items with different ids');
export type Menu = z.infer<typeof menu>;

/** What a guest asks for: an item of the menu and an option for each modifier that is not left at its first. */
export const drinkChoice = z.strictObject({
  itemId: menuId,
  modifiers: z.record(menuId, menuId).default({}),
});
export type DrinkChoice = z.infer<typeof drinkChoice>;

/** A drink as it was ordered: names and price of that moment, so that a later menu does not change it. */
export const drink = z.object({
  itemId: menuId,
  name: menuText,
  modifiers: z.array(z.object({ id: menuId, name: menuText, optionId: menuId, option: menuText })),
  cents,
});
export type Drink = z.infer<typeof drink>;

/** What is called out with the number: no control characters, at most 24 characters. */
export const cupName = z.string().trim().max(24);

/** A code that a display shows: the window's start in seconds since 1970, and what nobody can guess. */
export const windowCode = z
  .string()
  .regex(/^\d{10}-[0-9A-HJKMNP-TV-Z]{26}$/, 'Expected the code of a QR code');

/** An IANA time zone that this runtime knows; the café's day begins at its midnight. */
export const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, 'Expected a time zone such as America/New_York');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
