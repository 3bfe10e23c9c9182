import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { receipt as receiptSchema } from '#contracts/api/orders.ts';
import type { OrderItem } from '#contracts/tables/order-items.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { lambdaContext } from '#platform/testing/lambda.ts';
import type { ReceiptFile } from '../../stores/receipt-store.ts';
import { asAttributes, cafeId, orderId, preparedOrder, time } from '../../testing/samples.ts';
import { writeReceipt, writeReceiptInput } from './write-receipt.ts';

const preparedAt = '2026-05-01T10:12:30.000Z';

function prepare() {
  const files: ReceiptFile[] = [];
  const receipts = { write: async (file: ReceiptFile) => void files.push(file) };
  const handler = taskHandler(writeReceiptInput, writeReceipt({ receipts }));
  const write = (item: OrderItem = preparedOrder(), timeZone = 'America/Los_Angeles') =>
    handler({ item: asAttributes(item), preparedAt, timeZone }, lambdaContext);
  const page = () => files.find(({ key }) => key.endsWith('.html'))?.body ?? '';
  const data = () => JSON.parse(files.find(({ key }) => key.endsWith('.json'))?.body ?? '');
  return { files, write, page, data };
}

describe('writeReceipt', () => {
  it('writes the data of the contract', async () => {
    const { write, data, files } = prepare();
    expect(await write()).toEqual({ keys: [`receipts/${orderId}.html`, `receipts/${orderId}.json`] });
    expect(receiptSchema.parse(data())).toEqual(data());
    expect(data()).toEqual({
      orderId,
      cafeId,
      cafeName: 'Village Café',
      number: 12,
      day: '2026-05-01',
      drink: preparedOrder().drink,
      currency: 'USD',
      orderedAt: time,
      preparedAt,
    });
    expect(files.map(({ contentType }) => contentType)).toEqual([
      'text/html; charset=utf-8',
      'application/json',
    ]);
  });

  it('writes a page with number, drink, price and the café’s own time', async () => {
    const { write, page } = prepare();
    await write();
    for (const text of [
      'Village Café',
      '>12<',
      'Latte',
      'Oat milk',
      'Large',
      '$6.40',
      'Friday, May 1, 2026',
    ]) {
      expect(page()).toContain(text);
    }
    expect(page()).toMatch(/Ready<\/th><td>3:12\sAM/);
  });

  it('writes the same again when it is repeated', async () => {
    const [first, second] = [prepare(), prepare()];
    await first.write();
    await second.write();
    expect(second.files).toEqual(first.files);
  });

  it('lets nothing that people typed become part of the page', async () => {
    const { write, page } = prepare();
    const evil = '<img src=x onerror="alert(1)">&\'';
    const drink = { itemId: 'tea', name: evil, modifiers: [], cents: 1 };
    await write(preparedOrder({ cafeName: evil, name: evil, drink }));
    expect(page()).not.toContain('<img');
    expect(page()).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;');
  });

  it('lets the page load and run nothing but its own style', async () => {
    const { write, page } = prepare();
    await write();
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page()) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    const policy = `default-src &#39;none&#39;; style-src &#39;sha256-${digest}&#39;`;
    expect(page()).toContain(`http-equiv="Content-Security-Policy" content="${policy}"`);
    expect(page()).not.toMatch(/<script|<link|src=|href=|style="/);
  });

  it('tells nobody’s name, execution or token', async () => {
    const { write, files } = prepare();
    await write(preparedOrder({ taskToken: 'secret', name: 'Rose' }));
    expect(JSON.stringify(files)).not.toMatch(/secret|auth0|arn:aws|Rose/);
  });

  it.each(['number', 'day', 'drink'] as const)('refuses an order without %s for good', async (missing) => {
    const { write, files } = prepare();
    const { [missing]: _, ...item } = preparedOrder();
    await expect(write(item)).rejects.toMatchObject({ name: 'InvalidError' });
    expect(files).toEqual([]);
  });
});
