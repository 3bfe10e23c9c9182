import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowsResponse } from '#contracts/api/workflows.ts';
import { demoPlaces } from '../../scripts/seed.ts';
import { callApi } from '../support/api.ts';
import { awsClients } from '../support/aws.ts';
import { expectBody } from '../support/photos.ts';
import { landscapePhoto } from '../support/pictures.ts';
import { newUser, type User } from '../support/users.ts';
import {
  keepPicture,
  newPhone,
  newTablet,
  openPicker,
  outputs,
  sendPhotos,
  signIn,
  startBrowser,
  web,
} from './browser.ts';

const name = 'Olympic National Park';
const place = demoPlaces.find((candidate) => candidate.name === name);
if (!place) throw new Error(`Expected ${name} among the demo places`);
const { placeId } = place;
const at = (path: string) => new URL(path, web).href;

let browser: Browser;
let admin: User;
beforeAll(async () => {
  browser = await startBrowser();
  admin = await newUser(awsClients(outputs.endpoint), outputs, ['admins']);
  await route({ active: 'v1', places: { [placeId]: 'v3' } });
});
afterAll(async () => {
  await route({ active: 'v1' });
  await browser.close();
});

async function readRouting() {
  const answer = await callApi(web, 'GET', '/workflows', { token: admin.token });
  return expectBody(workflowsResponse, 200, answer).routing;
}

async function route(routes: object): Promise<void> {
  const { revision } = await readRouting();
  const body = { ...routes, revision };
  const answer = await callApi(web, 'PUT', '/workflows/routing', { token: admin.token, body });
  if (answer.status !== 200)
    throw new Error(`Expected the routing to change, got ${JSON.stringify(answer.body)}`);
}

/** A page of the staff app, signed in. */
async function openStaff(path: string, email: string): Promise<Page> {
  const page = await (await newTablet(browser)).newPage();
  await page.goto(at(`/staff${path}`));
  await signIn(page, email);
  return page;
}

/** The first photo of a version waits for its functions to start, and for this machine. */
const patience = { timeout: 90_000 };

/** A visitor's phone that has just sent a photo; another number is another picture. */
async function sendPhoto(number: number): Promise<Page> {
  const page = await (await newPhone(browser)).newPage();
  await page.goto(at(`/places/${placeId}`));
  await openPicker(page);
  const buffer = await landscapePhoto(number);
  const file = { name: `view-${number}.jpg`, mimeType: 'image/jpeg', buffer };
  await sendPhotos(page, [file], captionOf(number));
  return page;
}
/** A picture like one that was refused is refused at once, so a second run on the same app needs others. */
const first = Date.now() % 1_000_000;
const captionOf = (number: number) => `View number ${number}`;

const drawn = `[...document.querySelectorAll('figure img')].some((image) => image.naturalWidth > 0)`;

describe('a ranger', () => {
  it('sees a photo in doubt appear, and approves it onto the map', async () => {
    // Prepare
    const tablet = await openStaff('/', 'ranger@example.com');
    await tablet.getByText('Nothing waits for you').waitFor();

    // Act
    const phone = await sendPhoto(first);
    await tablet.getByText(captionOf(first)).first().waitFor(patience);
    await expect.poll(() => tablet.evaluate(drawn), { timeout: 60_000 }).toBe(true);
    await phone.getByText('A ranger is looking at it').first().waitFor();
    await keepPicture(tablet, 'review');
    await keepPicture(phone, 'in-review');
    await tablet.getByRole('button', { name: 'Approve' }).click();

    // Assess
    await phone.getByText(`Your photo was added to ${name}.`).first().waitFor(patience);
    await tablet.getByText('Nothing waits for you').waitFor();
  });

  it('rejects one by the keyboard, and the visitor reads why', async () => {
    // Prepare
    const tablet = await openStaff('/review', 'ranger@example.com');
    const phone = await sendPhoto(first + 1);
    await tablet.getByText(captionOf(first + 1)).waitFor(patience);
    const approve = tablet.getByRole('button', { name: 'Approve' });
    await expect.poll(() => approve.isEnabled(), { timeout: 60_000 }).toBe(true);

    // Act
    await tablet.keyboard.press('r');
    await tablet.getByRole('button', { name: 'Advertisement' }).waitFor();
    await keepPicture(tablet, 'reasons');
    await tablet.keyboard.press('3');

    // Assess
    const why = /took this photo for an advertisement/;
    await phone.getByText(why).first().waitFor(patience);
    await phone.goto(at('/me'));
    await phone.getByText(why).first().waitFor();
    const row = phone.getByRole('article').filter({ hasText: captionOf(first + 1) });
    await row.getByRole('link', { name: 'Its journey' }).click();
    await phone.getByText('Stopped here').waitFor();
    await phone.getByText('Workflow v3').waitFor();
    await keepPicture(phone, 'rejected-journey');
  });

  it('finds a photo of a place, and opens its execution as a graph', async () => {
    // Prepare
    const tablet = await openStaff('/photos', 'ranger@example.com');

    // Act
    await tablet.getByRole('searchbox').fill('olymp');
    await tablet.getByRole('button', { name }).click();
    await tablet.locator('article a').first().waitFor();
    await keepPicture(tablet, 'photos');
    await tablet.locator('article a').first().click();
    await tablet.getByText('Made by v3').waitFor();
    await keepPicture(tablet, 'staff-photo');
    await tablet.getByRole('link', { name: 'See its execution' }).click();

    // Assess
    await tablet
      .getByRole('button', { name: /^Wait For Ranger/ })
      .first()
      .waitFor();
    await tablet.getByText('Succeeded').first().waitFor();
    await keepPicture(tablet, 'execution');
  });
});

describe('an admin', () => {
  it('sends all new photos to another version', async () => {
    // Prepare
    const tablet = await openStaff('/workflows', 'admin@example.com');
    const v2 = tablet.getByRole('article', { name: 'v2' });
    await v2.waitFor();
    await keepPicture(tablet, 'workflows');

    // Act
    await v2.getByRole('button', { name: 'Send all here' }).click();
    await tablet.getByText('From now on all new photos go to v2.').waitFor();
    await tablet.getByRole('button', { name: 'Do it' }).click();

    // Assess
    await v2.getByText('Active').waitFor();
    expect((await readRouting()).active).toBe('v2');
  });
});

describe('somebody else', () => {
  it('is told kindly that these pages are for the staff', async () => {
    const page = await openStaff('/review', 'visitor@example.com');
    await page.getByText('This side of the park is for the staff').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  it('of the staff sees the workflows but decides about nothing', async () => {
    const page = await openStaff('/workflows', 'barista@example.com');
    await page.getByRole('article', { name: 'v1' }).waitFor();
    expect(await page.getByRole('link', { name: /Review/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Send all here' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Photos' }).click();
    await page.getByRole('heading', { name: 'Photos' }).waitFor();
    await page.goto(at('/staff/review'));
    await page.getByText('Another team looks after this page').waitFor();
  });
});
