import { describe, expect, it } from 'vitest';
import { readAssumptions } from './assumptions.ts';
import { readDocument, withTables } from './document.ts';
import { amount, table, usd } from './markdown.ts';
import { readMeasured } from './measured.ts';
import { readPrices } from './prices.ts';
import { tables } from './tables.ts';
import { defaultTraffic } from './traffic.ts';

describe('docs/costs.md', () => {
  it('has the tables that `npm run costs` prints; write them with: npm run costs -- --write', () => {
    const sources = { prices: readPrices(), measured: readMeasured(), assumptions: readAssumptions() };

    const text = withTables(readDocument(), tables(sources, defaultTraffic));

    expect(readDocument()).toBe(text);
  });
});

describe('withTables', () => {
  const text = 'before\n<!-- table: a -->\nold\n<!-- end -->\nafter\n';

  it('puts a table in the place of the old one, the same when done twice', () => {
    const once = withTables(text, { a: '| new |' });
    expect(once).toBe('before\n<!-- table: a -->\n\n| new |\n\n<!-- end -->\nafter\n');
    expect(withTables(once, { a: '| new |' })).toBe(once);
  });

  it('refuses a table without a place, and a place without a table', () => {
    expect(() => withTables(text, { a: '', b: '' })).toThrow(/got none for b/);
    expect(() => withTables(text, {})).toThrow(/got "a"/);
  });
});

describe('markdown', () => {
  it('writes a table', () => {
    expect(table(['x', 'y'], [['1', '2']])).toBe('| x | y |\n| --- | ---: |\n| 1 | 2 |');
  });

  it.each([
    [0, '0.00'],
    [0.0004, '0.0004'],
    [0.123, '0.12'],
    [99.5, '99.50'],
    [1234.5, '1,235'],
  ])('writes %d USD as %s', (number, text) => {
    expect(usd(number)).toBe(text);
  });

  it.each([
    [0.5, '0.5'],
    [1234.4, '1,234'],
    [1_250_000, '1.3 M'],
  ])('writes the amount %d as %s', (number, text) => {
    expect(amount(number)).toBe(text);
  });
});
