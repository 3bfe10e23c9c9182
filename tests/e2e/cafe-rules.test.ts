import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journey } from '#contracts/api/journeys.ts';
import { callApi } from '../support/api.ts';
import { expectBody } from '../support/photos.ts';
import { keepPicture, newPhone, signIn, startBrowser, web } from './browser.ts';
import {
  column,
  follow,
  newGuest,
  openBoard,
  openDisplay,
  orderDrink,
  orderOnce,
  placeOf,
  placesLeft,
  readLink,
  scan,
} from './cafe.ts';

const cafe = 'Jordan Pond House, Acadia';

let browser: Browser;
let display: Page;
let board: Page;
beforeAll(async () => {
  browser = await startBrowser();
  [display, board] = await Promise.all([openDisplay(browser, cafe), openBoard(browser, cafe)]);
});
afterAll(async () => {
  await browser.close();
});

/** A decision is sent when it cannot be undone any more. */
const afterUndo = { timeout: 60_000 };
const code = () => display.getByRole('img', { name: 'QR code to order here' });

/** A phone that is about to order from afar. */
async function orderForLater(): Promise<Page> {
  const phone = await (await newPhone(browser)).newPage();
  await phone.goto(placeOf(cafe));
  await phone.getByRole('button', { name: 'Order for later' }).click();
  await signIn(phone, (await newGuest()).email);
  await phone.getByRole('radio', { name: 'Maple latte' }).check({ force: true });
  return phone;
}

/** A browser whose camera sees what stands on the display now. */
async function startBrowserBefore(screen: Page, folder: string): Promise<Browser> {
  const [width, height] = [1280, 720];
  const picture = sharp(await screen.screenshot()).resize(width, height);
  const light = await picture.greyscale().raw().toBuffer();
  const colours = Buffer.alloc((width * height) / 2, 128);
  const file = join(folder, 'camera.y4m');
  const head = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`;
  writeFileSync(file, Buffer.concat([Buffer.from(head), light, colours]));
  return await startBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ]);
}

describe('a café', () => {
  it('that closes takes no more orders, and opens again for all by itself', async () => {
    // Prepare
    const link = await readLink(display);

    // Act
    await board.getByRole('switch', { name: 'Takes orders' }).click();
    await board.getByRole('button', { name: 'Close the café' }).click();

    // Assess
    await display.getByRole('heading', { name: 'Closed for now' }).waitFor();
    expect(await code().count()).toBe(0);
    await keepPicture(display, 'display-closed');
    const phone = await follow(browser, link, await newGuest());
    await phone.getByText('No order could be taken').waitFor();
    await keepPicture(phone, 'scan-closed');
    await board.getByRole('switch', { name: 'Takes orders' }).click();
    await code().waitFor();
  });

  it('takes what is sold out from the guest who is about to order it', async () => {
    // Prepare
    const phone = await orderForLater();
    await phone.getByRole('button', { name: 'Order · $5.75' }).waitFor();

    // Act
    const menu = await board.context().newPage();
    await menu.goto(`${board.url()}/menu`);
    const onSale = menu.getByRole('switch', { name: 'Maple latte can be ordered' });
    await onSale.click();

    // Assess
    await phone.getByText('The drink you chose has just sold out.').waitFor();
    expect(await phone.getByRole('radio', { name: 'Maple latte' }).isDisabled()).toBe(true);
    expect(await phone.getByRole('button', { name: 'Choose a drink' }).isDisabled()).toBe(true);
    await keepPicture(phone, 'sold-out');
    await onSale.click();
    const canBeHad = () => phone.getByRole('radio', { name: 'Maple latte' }).isEnabled();
    await expect.poll(canBeHad, { timeout: 60_000 }).toBe(true);
    await menu.close();
  });

  it('keeps the order that a barista accepted by mistake, and tells the guest why it is cancelled', async () => {
    // Prepare
    const guest = await newGuest();
    const drink = { itemId: 'earl-grey', modifiers: {} };
    const { orderId, number } = await orderDrink(guest, await readLink(display), { drink });
    const ticket = board.getByRole('article', { name: `No. ${number}`, exact: true });

    // Act
    await column(board, 'Waiting').locator(ticket).waitFor();
    await ticket.getByRole('button', { name: /^Accept/ }).click();
    await column(board, 'Making').locator(ticket).waitFor();
    await keepPicture(board, 'undo');
    await board.getByRole('button', { name: `Undo: No. ${number} is being made` }).click();
    await column(board, 'Waiting').locator(ticket).waitFor();
    await ticket.getByRole('button', { name: /^Cancel/ }).click();
    await board.getByRole('button', { name: 'We have run out of it' }).click();

    // Assess
    const { reason, cancelledBy } = await orderOnce(guest, orderId, 'CANCELLED');
    expect({ reason, cancelledBy }).toEqual({ reason: 'OUT_OF_STOCK', cancelledBy: 'CAFE' });
    const answer = await callApi(web, 'GET', `/journeys/${orderId}`, { token: guest.token });
    const types = expectBody(journey, 200, answer).events.map(({ type }) => type);
    expect(types).toContain('OrderQueued');
    expect(types).not.toContain('PreparationStarted');
  });

  it('keeps an order for later until its time, and its guest has one order at a time', async () => {
    // Prepare
    const link = await readLink(display);
    const phone = await orderForLater();

    // Act
    await phone.getByRole('button', { name: 'Order · $5.75' }).click();
    await phone.getByText(/^We start at/).waitFor();
    await keepPicture(phone, 'later');

    // Assess
    await column(board, 'Later').getByText('Maple latte').waitFor();
    await keepPicture(board, 'board-later');
    await phone.goto(link);
    await phone.getByText('You already have an order here. This is it.', { exact: true }).waitFor();
    await phone.getByRole('button', { name: 'Cancel order' }).click();
    await phone.getByRole('button', { name: 'Yes, cancel it' }).click();
    await phone.getByText('Your order is cancelled.', { exact: true }).waitFor();
    await column(board, 'Later').getByText('No pre-orders.').waitFor(afterUndo);
    await phone.goto(link);
    await phone.getByText('Choose your drink').first().waitFor();
  });

  it('can be ordered at by the camera within the app', async () => {
    // Prepare
    await readLink(display);
    const folder = mkdtempSync(join(tmpdir(), 'happy-path-camera-'));
    const seeing = await startBrowserBefore(display, folder);
    const phone = await (await newPhone(seeing)).newPage();

    // Act
    await phone.goto(placeOf(cafe));
    await phone.getByRole('link', { name: 'Scan to order' }).click();
    await phone.getByRole('button', { name: 'Sign in' }).click();
    await signIn(phone, (await newGuest()).email);

    // Assess
    await phone.getByText('Choose your drink').first().waitFor();
    await seeing.close();
    rmSync(folder, { recursive: true });
  });

  it('hides its code when all places are taken', async () => {
    // Prepare
    const link = await readLink(display);
    const guests = await Promise.all(Array.from({ length: await placesLeft(display) }, newGuest));

    // Act
    await Promise.all(guests.map((guest) => scan(guest, link)));

    // Assess
    await display.getByRole('heading', { name: 'All places are taken' }).waitFor();
    expect(await code().count()).toBe(0);
    await keepPicture(display, 'display-taken');
    const phone = await follow(browser, link, await newGuest());
    await phone.getByText('All places of this code are taken').waitFor();
    await phone.getByText(/The next code comes in/).waitFor();
    await keepPicture(phone, 'scan-taken');
  });
});
