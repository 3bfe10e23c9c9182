/** A Markdown table; every column but the first stands right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** USD as one reads them: whole from a hundred on, cents below, and fractions of a cent where there is no more. */
export function usd(amount: number): string {
  if (amount >= 100) return grouped(amount);
  if (amount === 0 || amount >= 0.01) return amount.toFixed(2);
  return amount.toPrecision(1);
}

/** An amount of something, in millions where it is that many. */
export function amount(number: number): string {
  if (number >= 1e6) return `${grouped(number / 1e6, 1)} M`;
  return grouped(number, number < 10 ? 2 : 0);
}

const grouped = (number: number, digits = 0): string =>
  number.toLocaleString('en-US', { maximumFractionDigits: digits });
