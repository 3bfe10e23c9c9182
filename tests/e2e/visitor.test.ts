import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPlaces } from '../../scripts/seed.ts';
import { keepPicture, newPhone, openPicker, samplePhotos, sendPhotos, startBrowser, web } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

const place = (name: string) => {
  const found = demoPlaces.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`Expected ${name} among the demo places`);
  return { ...found, url: new URL(`/places/${found.placeId}`, web).href };
};

const smallPhoto = async (name: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#386641' } })
    .jpeg()
    .toBuffer(),
});

/** Runs in the page: every photo of the grid has arrived and can be drawn. */
const allDrawn = `[...document.querySelectorAll('main a[href*="/photos/"] img')]
  .every((image) => image.complete && image.naturalWidth > 0)`;

const grid = (page: Page) => page.getByRole('main').locator('a[href*="/photos/"] img');

describe('a visitor', () => {
  it('sees the whole country without telling where they are, and finds a place by its name', async () => {
    // Prepare
    const page = await (await newPhone(browser, { located: false })).newPage();

    // Act
    await page.goto(web);
    await page
      .getByRole('button', { name: /Zoom in/ })
      .first()
      .waitFor();
    await page.locator('[aria-busy="false"] canvas').waitFor();
    await keepPicture(page, 'map');
    await page.getByRole('searchbox').fill('everg');

    // Assess
    const found = page.getByRole('link', { name: /Everglades National Park/ }).first();
    await found.waitFor();
    await found.click();
    await page.waitForURL(place('Everglades National Park').url);
  });

  it('adds photos from the map, and everybody sees them by themselves', async () => {
    // Prepare
    const yosemite = place('Yosemite National Park');
    const other = await (await newPhone(browser)).newPage();
    await other.goto(yosemite.url);
    await other.getByText('No photos yet').waitFor();
    const page = await (await newPhone(browser)).newPage();

    // Act
    await page.goto(web);
    const inList = page.getByRole('link', { name: /Yosemite National Park/ }).first();
    await inList.waitFor();
    await inList.click();
    await openPicker(page);
    await sendPhotos(page, samplePhotos);
    const bars = page.getByRole('progressbar');
    await bars.first().waitFor();
    await page.getByText('Your photo was added to Yosemite National Park.').first().waitFor();

    // Assess
    await expect.poll(() => grid(other).count(), { timeout: 60_000 }).toBe(samplePhotos.length);
    await expect.poll(() => other.evaluate(allDrawn), { timeout: 60_000 }).toBe(true);
    await keepPicture(other, 'place');
  });

  it('finds the own photos, follows the journey of one, and deletes it for everybody', async () => {
    // Prepare
    const zion = place('Zion National Park');
    const page = await (await newPhone(browser)).newPage();
    await page.goto(zion.url);
    await openPicker(page);
    const other = await (await newPhone(browser)).newPage();
    await other.goto(zion.url);
    await sendPhotos(page, samplePhotos.slice(0, 1));
    await page.getByText('Your photo was added to Zion National Park.').first().waitFor();
    await expect.poll(() => grid(other).count(), { timeout: 60_000 }).toBe(1);

    // Act
    await page.goto(new URL('/me', web).href);
    await page
      .getByRole('link', { name: /journey/i })
      .first()
      .click();
    await page.getByText('v1').first().waitFor();
    await keepPicture(page, 'journey');
    await page.goto(zion.url);
    await page.locator('a[href*="/photos/"]').first().click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete photo' }).click();

    // Assess
    await expect.poll(() => grid(other).count(), { timeout: 60_000 }).toBe(0);
  });

  it('is told in plain words why a file is not a photo for the map', async () => {
    // Prepare
    const page = await (await newPhone(browser)).newPage();
    await page.goto(place('Acadia National Park').url);
    await openPicker(page);
    const whole = await smallPhoto('whole.jpg');
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(200)]);

    // Act
    await page.locator('input[type="file"][multiple]').setInputFiles([
      { name: 'phone.heic', mimeType: 'image/heic', buffer: heic },
      { name: 'torn.jpg', mimeType: 'image/jpeg', buffer: whole.buffer.subarray(0, 2500) },
    ]);
    await page.getByRole('button', { name: /^Send \d/ }).click();

    // Assess
    await page.getByText(/HEIC/).first().waitFor();
    await page
      .getByText(/damaged/i)
      .first()
      .waitFor({ timeout: 60_000 });
  });

  it('keeps photos without reception and sends them when it is back', async () => {
    // Prepare
    const phone = await newPhone(browser);
    const page = await phone.newPage();
    await page.goto(place('Grand Canyon National Park').url);
    await openPicker(page);

    // Act
    await phone.setOffline(true);
    await sendPhotos(page, [await smallPhoto('rim.jpg')]);
    await page
      .getByText(/waiting for reception/i)
      .first()
      .waitFor();
    await phone.setOffline(false);

    // Assess
    await page
      .getByText('Your photo was added to Grand Canyon National Park.')
      .first()
      .waitFor({ timeout: 60_000 });
  });
});
