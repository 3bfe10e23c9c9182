import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { ulid } from 'ulid';
import { type Order, order, type PlaceOrderRequest } from '#contracts/api/orders.ts';
import decodeQR from '../../frontend/node_modules/qr/decode.js';
import { demoPlaces } from '../../scripts/seed.ts';
import { callApi } from '../support/api.ts';
import { awsClients } from '../support/aws.ts';
import { expectBody } from '../support/photos.ts';
import { newUser, signIn as tokenOf, type User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { newPhone, newTablet, newTelevision, outputs, signIn, web } from './browser.ts';

/** Makes orders at both cafés. */
const barista = 'barista@example.com';

/** Where a café of the demo is found in the visitor app. */
export function placeOf(cafe: string): string {
  const found = demoPlaces.find(({ name }) => name === cafe);
  if (!found) throw new Error(`Expected ${cafe} among the demo places`);
  return new URL(`/places/${found.placeId}`, web).href;
}

/** Somebody who has ordered nothing yet. */
export const newGuest = () => newUser(awsClients(outputs.endpoint), outputs);

/** A phone whose own camera app has read the code: the link opens, and the guest signs in. */
export async function follow(browser: Browser, link: string, { email }: User): Promise<Page> {
  const page = await (await newPhone(browser, { scale: 1.5 })).newPage();
  await page.goto(link);
  await signIn(page, email);
  return page;
}

/** The café's television, started as the staff does it. */
export async function openDisplay(browser: Browser, name: string): Promise<Page> {
  const page = await (await newTelevision(browser)).newPage();
  await page.goto(new URL('/display/', web).href);
  await signIn(page, barista);
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
  return page;
}

/** The baristas' tablet, on the board of one of their cafés. */
export async function openBoard(browser: Browser, name: string): Promise<Page> {
  const page = await (await newTablet(browser)).newPage();
  await page.goto(new URL('/staff/', web).href);
  await signIn(page, barista);
  await page.getByRole('link', { name }).click();
  await page.getByRole('switch', { name: 'Takes orders' }).waitFor();
  return page;
}

/** Long enough to sign in and to scan, so that a test does not begin with a code that ends in a moment. */
const ENOUGH_SECONDS = 45;

/** The link in the QR code as a camera reads it, from the picture of the whole screen. */
export async function readLink(display: Page): Promise<string> {
  return await waitUntil(
    'a code that stays for a while',
    async () => {
      const next = await display.getByText(/^New code in \d+:\d\d$/).textContent();
      const [, minutes = 0, seconds = 0] = /(\d+):(\d+)/.exec(next ?? '') ?? [];
      if (Number(minutes) * 60 + Number(seconds) < ENOUGH_SECONDS) return undefined;
      const picture = sharp(await display.screenshot())
        .ensureAlpha()
        .raw();
      const { data, info } = await picture.toBuffer({ resolveWithObject: true });
      return decodeQR({ width: info.width, height: info.height, data }, { timeLimit: 5000 });
    },
    { timeoutMs: (ENOUGH_SECONDS + 30) * 1000, pauseMs: 1000 },
  );
}

/** How many guests the code still admits, as the screen says it. */
export async function placesLeft(display: Page): Promise<number> {
  const text = await display.getByText(/\d+ of \d+ places left$/).textContent();
  return Number.parseInt(text ?? '', 10);
}

/** The numbers that stand below a heading of the order board. */
export const numbersOf = (display: Page, heading: 'Making' | 'Ready' | 'Waiting') =>
  display
    .locator('section', { has: display.getByRole('heading', { name: heading, exact: true }) })
    .getByRole('listitem')
    .allTextContents();

/** A column of the baristas' board. */
export const column = (board: Page, name: 'Waiting' | 'Making' | 'Ready' | 'Later') =>
  board.getByRole('region', { name: new RegExp(`^${name}, `) });

/** Calls the orders API through the web server. */
const call = (user: Pick<User, 'token'>, method: string, path: string, body?: object) =>
  callApi(web, method, path, { token: user.token, base: '/orders', ...(body && { body }) });

/** The café that a link of its code leads to, in the API. */
const pathOf = (link: string) => new URL(link).pathname.replace(/\/scan$/, '');

/** Takes a place by a scanned link, without a phone. */
export async function scan(user: User, link: string): Promise<Order> {
  const body = { code: new URL(link).searchParams.get('code'), scanId: ulid() };
  return expectBody(order, 201, await call(user, 'POST', `${pathOf(link)}/scans`, body));
}

/** An order once it has come to a status. */
export const orderOnce = (user: User, orderId: string, status: Order['status']): Promise<Order> =>
  waitUntil(`the order to be ${status}`, async () => {
    const now = expectBody(order, 200, await call(user, 'GET', `/${orderId}`));
    return now.status === status ? now : undefined;
  });

/** Orders a drink by a scanned link, without a phone; answers the order with its number. */
export async function orderDrink(user: User, link: string, body: PlaceOrderRequest): Promise<Order> {
  const { orderId } = await scan(user, link);
  await orderOnce(user, orderId, 'AWAITING_CHOICE');
  expectBody(order, 200, await call(user, 'PUT', `/${orderId}`, body));
  return await orderOnce(user, orderId, 'QUEUED');
}

/** Orders a drink that is fetched in an hour, without a phone. */
export async function orderAhead(user: User, link: string, body: PlaceOrderRequest): Promise<Order> {
  const pickUpAt = new Date(Date.now() + 3_600_000).toISOString();
  const request = { orderId: ulid(), pickUpAt, ...body };
  return expectBody(order, 201, await call(user, 'POST', `${pathOf(link)}/orders`, request));
}

/** What a barista does to an order, without a tablet. */
export async function decide({ orderId }: Order, decision: 'accept' | 'complete'): Promise<void> {
  const token = await tokenOf(awsClients(outputs.endpoint), outputs, barista);
  expectBody(order, 200, await call({ token }, 'POST', `/${orderId}/decisions`, { decision }));
}
