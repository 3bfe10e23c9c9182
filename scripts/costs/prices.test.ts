import { describe, expect, it } from 'vitest';
import { cost, type Price, priceOf, readPrices } from './prices.ts';

const flat: Price = {
  meter: 'x',
  service: 'X',
  unit: 'request',
  usd: 0.5,
  region: 'us-east-1',
  free: { amount: 10, kind: 'always' },
  source: 'https://aws.amazon.com/x/pricing/',
  asOf: '2026-09-20',
};
const tiered: Price = {
  ...flat,
  usd: [{ upTo: 100, usd: 1 }, { upTo: 300, usd: 0.5 }, { usd: 0.1 }],
  free: { amount: 50, kind: 'always' },
};

describe('cost', () => {
  it('multiplies a flat price', () => {
    expect(cost(flat, 30)).toBe(15);
  });

  it('takes an amount that is always free off, and not below zero', () => {
    expect(cost(flat, 30, true)).toBe(10);
    expect(cost(flat, 4, true)).toBe(0);
  });

  it('takes no twelve-month amount off', () => {
    expect(cost({ ...flat, free: { amount: 10, kind: '12 months' } }, 30, true)).toBe(15);
  });

  it.each([
    [0, 0],
    [100, 100],
    [101, 100.5],
    [300, 200],
    [1000, 270],
  ])('prices %i by tiers at %d', (amount, usd) => {
    expect(cost(tiered, amount)).toBeCloseTo(usd, 9);
  });

  it('fills the tiers with what is left after the free amount', () => {
    expect(cost(tiered, 150, true)).toBe(100);
  });

  it('costs the same without a free amount', () => {
    const { free: _, ...paid } = flat;
    expect(cost(paid, 30, true)).toBe(15);
  });
});

describe('the price file', () => {
  const prices = readPrices();

  it('has one price for each meter, with a page of AWS as its source', () => {
    expect(new Set(prices.map(({ meter }) => meter)).size).toBe(prices.length);
    for (const { source } of prices)
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\//);
  });

  it('has rising tiers of which only the last is open', () => {
    for (const { usd } of prices) {
      if (typeof usd === 'number') continue;
      const limits = usd.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      expect(limits).toEqual([...new Set(limits)].sort((a, b) => a - b));
      expect(limits.at(-1)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('refuses a meter that it does not have', () => {
    expect(() => priceOf(prices, 'sms.messages')).toThrow(/Expected a price of sms\.messages/);
  });
});
