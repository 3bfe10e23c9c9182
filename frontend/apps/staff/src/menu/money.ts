/** The most that a drink may cost, in hundredths. */
export const MOST_CENTS = 100_000;

/** An amount as it stands in a field: "4.50". */
export const priceText = (cents: number): string => (cents / 100).toFixed(2);

/** Reads an amount that somebody typed, `4.5`, `4,50` or `$4.50`; nothing when it is none, or more than a drink costs. */
export function centsOf(text: string): number | undefined {
  const [, whole, part = ''] = /^\p{Sc}?\s*(\d{1,4})(?:[.,](\d{0,2}))?\s*\p{Sc}?$/u.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const cents = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return cents <= MOST_CENTS ? cents : undefined;
}
