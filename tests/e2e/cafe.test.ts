import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '#contracts/api/orders.ts';
import { keepPicture, startBrowser, web } from './browser.ts';
import {
  column,
  decide,
  follow,
  newGuest,
  numbersOf,
  openBoard,
  openDisplay,
  orderAhead,
  orderDrink,
  placesLeft,
  readLink,
} from './cafe.ts';

const cafe = "Degnan's Kitchen, Yosemite Village";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** What a barista does is sent when it cannot be undone any more, after five seconds. */
const afterUndo = { timeout: 60_000 };
/** What happens in one app is seen in the others. */
const soon = { timeout: 60_000 };

/** Chooses a large iced vanilla latte with oat milk: 5.25 + 1.10 + 0.80 + 0.25. */
async function chooseLatte(phone: Page): Promise<void> {
  for (const choice of ['Vanilla latte', 'Large', 'Oat milk', 'Iced'])
    await phone.getByRole('radio', { name: choice }).check({ force: true });
  await phone.getByRole('textbox', { name: 'Name on the cup' }).fill('Ada');
  await phone.getByRole('button', { name: 'Order · $7.40' }).click();
}

const ask = (name: string, itemId: string, modifiers: Record<string, string> = {}) => ({
  name,
  drink: { itemId, modifiers },
  ahead: false,
});

/** What a usual morning brings. */
const counterOrders = [
  ask('Ben', 'flat-white', { milk: 'oat' }),
  ask('Cleo', 'cold-brew', { size: 'large' }),
  ask('Dev', 'hot-chocolate', { size: 'medium', topping: 'cream' }),
  ask('Eve', 'cappuccino', { milk: 'almond', shots: 'one' }),
  ask('Fay', 'black-tea'),
  { ...ask('Gus', 'vanilla-latte', { served: 'iced' }), ahead: true },
];

describe('an order', () => {
  it('goes from the code on the screen to the receipt, and everybody sees it by themselves', async () => {
    // Prepare
    const [display, board] = await Promise.all([openDisplay(browser, cafe), openBoard(browser, cafe)]);
    const link = await readLink(display);
    const before = await placesLeft(display);

    // Act: the visitor scans and chooses
    const phone = await follow(browser, link, await newGuest());
    await phone.getByText('Choose your drink').first().waitFor();
    expect(phone.url()).not.toContain('code=');
    await expect.poll(() => placesLeft(display), soon).toBe(before - 1);
    await board.getByText('1 guest is choosing').waitFor();
    await chooseLatte(phone);

    // Act: the barista makes it
    const ticket = column(board, 'Waiting').getByRole('article');
    await ticket.getByText('Vanilla latte').waitFor();
    await ticket.getByText('Ada').waitFor();
    const number = /\d+/.exec((await ticket.getAttribute('aria-label')) ?? '')?.[0] ?? '';
    await phone.getByText('In the queue').waitFor();
    await expect.poll(() => numbersOf(display, 'Waiting'), soon).toContain(number);
    await board.getByRole('button', { name: `Accept, No. ${number}` }).click();
    await phone.getByText('Being made').first().waitFor(afterUndo);
    await expect.poll(() => numbersOf(display, 'Making'), soon).toContain(number);
    await keepPicture(phone, 'order');
    await board.getByRole('button', { name: `Ready, No. ${number}` }).click();
    const told = `Number ${number} is ready. Pick it up at the counter.`;
    await phone.getByText(told, { exact: true }).waitFor(afterUndo);
    await expect.poll(() => numbersOf(display, 'Ready'), soon).toContain(number);
    expect(await numbersOf(display, 'Making')).not.toContain(number);

    // Assess: the visitor has a receipt, a story and a stamp
    const [receipt] = await Promise.all([
      phone.waitForEvent('popup'),
      phone.getByRole('button', { name: 'Receipt' }).click(),
    ]);
    await receipt.getByText('Vanilla latte').first().waitFor();
    await receipt.getByText('7.40').first().waitFor();
    await keepPicture(receipt, 'receipt');
    await receipt.close();
    await phone.getByText('Receipt written').first().waitFor();
    await phone.getByText(/^From order to counter in/).waitFor();
    await phone.goto(new URL('/me/orders', web).href);
    await phone.getByText('1 stamp').waitFor();

    // Assess: the staff see the order and the execution that led it
    await column(board, 'Ready').getByRole('link').first().click();
    await board.getByText('Scanned at the café').waitFor();
    await board.getByText('$7.40').waitFor();
    await keepPicture(board, 'staff-order');
    await board.getByRole('link', { name: 'See its execution' }).click();
    const made = board.getByRole('button', { name: /^Wait For Barista, succeeded/ });
    await made.first().waitFor();
    await board.getByText('Succeeded').first().waitFor();
    await keepPicture(board, 'order-execution');
  });

  it('stands in the column of its state on the display and on the tablet, beside all others', async () => {
    // Prepare
    const [display, board] = await Promise.all([openDisplay(browser, cafe), openBoard(browser, cafe)]);
    const link = await readLink(display);

    // Act
    const orders = await Promise.all(
      counterOrders.map(async ({ ahead, ...body }) =>
        (ahead ? orderAhead : orderDrink)(await newGuest(), link, body),
      ),
    );
    const [ben, cleo, dev, eve, fay] = orders;
    for (const made of [ben, cleo, dev]) if (made) await decide(made, 'accept');
    if (ben) await decide(ben, 'complete');

    // Assess
    const numbers = (...of: (Order | undefined)[]) => of.map((each) => `${each?.number}`).sort();
    const shown = async (heading: Parameters<typeof numbersOf>[1]) =>
      (await numbersOf(display, heading)).sort();
    await expect.poll(() => shown('Ready'), soon).toEqual(expect.arrayContaining(numbers(ben)));
    await expect.poll(() => shown('Making'), soon).toEqual(numbers(cleo, dev));
    await expect.poll(() => shown('Waiting'), soon).toEqual(numbers(eve, fay));
    for (const [name, of] of [
      ['Ready', 'Ben'],
      ['Making', 'Cleo'],
      ['Making', 'Dev'],
      ['Waiting', 'Eve'],
      ['Waiting', 'Fay'],
      ['Later', 'Gus'],
    ] as const)
      await column(board, name).getByText(of, { exact: true }).waitFor();
    await keepPicture(display, 'display');
    await keepPicture(board, 'barista');
  });
});
