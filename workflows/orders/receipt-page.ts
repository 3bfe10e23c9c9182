import { createHash } from 'node:crypto';
import type { Receipt } from '#contracts/api/orders.ts';

const style = `
:root { color-scheme: light dark; --ink: #1c1b19; --paper: #fffdf8; --faint: #6b665e; --line: #d9d2c5; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2eee6; --paper: #1b1a18; --faint: #aaa398; --line: #45413a; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 24rem; margin: 0 auto; }
h1 { margin: 0; font-size: 1.25rem; }
p { margin: 0; color: var(--faint); }
.number { margin: 1.5rem 0; color: var(--ink); font-size: 3rem; font-weight: 700; line-height: 1; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem 0; border-top: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top; }
td { text-align: right; overflow-wrap: anywhere; }
.total th, .total td { border-top: 2px solid var(--ink); font-weight: 700; }
footer { margin-top: 1.5rem; color: var(--faint); font-size: .8rem; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #333; --line: #999; } body { padding: 0; } }
`;

/** Nothing may run or load on the page but its own style. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** A receipt as a page that can be printed and needs nothing else; times are those of the café. */
export function receiptPage(receipt: Receipt, timeZone: string): string {
  const { orderId, cafeName, number, drink, currency, orderedAt, preparedAt } = receipt;
  const date = new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'full' });
  const time = new Intl.DateTimeFormat('en-US', { timeZone, timeStyle: 'short' });
  const total = new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(drink.cents / 100);
  const row = (head: string, data: string) =>
    `<tr><th scope="row">${escaped(head)}</th><td>${escaped(data)}</td></tr>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Receipt ${number}, ${escaped(cafeName)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(cafeName)}</h1>
<p>${escaped(date.format(new Date(preparedAt)))}</p>
<p class="number">${number}</p>
<table>
<tbody>
${[
  row('Drink', drink.name),
  ...drink.modifiers.map(({ name, option }) => row(name, option)),
  row('Ordered', time.format(new Date(orderedAt))),
  row('Ready', time.format(new Date(preparedAt))),
].join('\n')}
<tr class="total"><th scope="row">Total</th><td>${escaped(total)}</td></tr>
</tbody>
</table>
<footer>Order ${escaped(orderId)}</footer>
</main>
</body>
</html>
`;
}
