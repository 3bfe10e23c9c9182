import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../lib/failure.ts';
import { root } from '../lib/paths.ts';

const tier = z.object({ upTo: z.number().positive().optional(), usd: z.number().nonnegative() });

const priceSchema = z.strictObject({
  /** What is metered; usage is counted under the same name. */
  meter: z.string(),
  service: z.string(),
  unit: z.string(),
  /** Of one unit, or of one within each tier of a month. */
  usd: z.union([z.number().nonnegative(), z.array(tier).min(1)]),
  region: z.literal('us-east-1'),
  /** Free each month: `always`, or in the first `12 months` of accounts opened before 15 July 2025, which are over. */
  free: z.strictObject({ amount: z.number().positive(), kind: z.enum(['always', '12 months']) }).optional(),
  /** AWS's own page, to check it on. */
  source: z.url(),
  /** Where it was read, when that was not a copy of AWS's own page. */
  readIn: z.url().optional(),
  /** Date of what it was read in, as far as that tells. */
  asOf: z.union([z.iso.date(), z.enum(['undated', 'not looked up'])]),
});
export type Price = z.infer<typeof priceSchema>;

/** Reads the price file, the only place where prices stand. */
export function readPrices(): readonly Price[] {
  const file = join(root, 'scripts', 'costs', 'prices.json');
  return z.array(priceSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Picks the price of a meter. */
export function priceOf(prices: readonly Price[], meter: string): Price {
  const found = prices.find((price) => price.meter === meter);
  if (found) return found;
  throw new Failure(`Expected a price of ${meter} in scripts/costs/prices.json, got none.`);
}

/** What a month's amount costs in USD; what is always free comes off before the first tier, if asked. */
export function cost(price: Price, amount: number, lessFree = false): number {
  const free = lessFree && price.free?.kind === 'always' ? price.free.amount : 0;
  const billed = Math.max(0, amount - free);
  if (typeof price.usd === 'number') return billed * price.usd;
  let from = 0;
  let total = 0;
  for (const { upTo = Number.POSITIVE_INFINITY, usd } of price.usd) {
    total += Math.max(0, Math.min(billed, upTo) - from) * usd;
    from = upTo;
  }
  return total;
}
