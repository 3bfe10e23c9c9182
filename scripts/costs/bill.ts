import { cost, type Price, priceOf } from './prices.ts';
import type { Usage } from './usage.ts';

/** What one service uses and costs. */
export interface Line {
  readonly service: string;
  readonly amounts: readonly { readonly unit: string; readonly amount: number }[];
  readonly usd: number;
}

/** Prices a usage by service, in the order of the price file; what is not used has no line. */
export function bill(prices: readonly Price[], usage: Usage, lessFree = false): Line[] {
  for (const meter of Object.keys(usage)) priceOf(prices, meter);
  const used = prices.filter(({ meter }) => (usage[meter] ?? 0) > 0);
  return [...Map.groupBy(used, ({ service }) => service)].map(([service, some]) => ({
    service,
    amounts: some.map(({ meter, unit }) => ({ unit, amount: usage[meter] ?? 0 })),
    usd: some.reduce((sum, price) => sum + cost(price, usage[price.meter] ?? 0, lessFree), 0),
  }));
}

/** What a bill comes to. */
export const total = (lines: readonly Line[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

/** What a usage comes to. */
export const totalOf = (prices: readonly Price[], usage: Usage, lessFree = false): number =>
  total(bill(prices, usage, lessFree));
