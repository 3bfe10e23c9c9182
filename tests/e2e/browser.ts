import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

export const outputs = inject('outputs');
export const web = outputs.frontends.visitor;

/** The real photos of the run: 12 to 24 megapixels, 3 to 9 MB. */
export const samplePhotos = readdirSync(outputs.samplePhotos)
  .filter((name) => name.endsWith('.jpg'))
  .map((name) => join(outputs.samplePhotos, name));

const photoInput = 'input[type="file"][multiple]';

/** Starts the browser, with `more` arguments; it draws the map in software and asks nobody outside this machine. */
export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromium'),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

const inYosemiteValley = {
  permissions: ['geolocation'],
  geolocation: { latitude: 37.74, longitude: -119.58 },
};

/** A phone of its own: nobody is signed in and nothing is stored; it tells where it is, or refuses to. */
export async function newPhone(
  browser: Browser,
  { located = true, scale = 1 } = {},
): Promise<BrowserContext> {
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: scale,
    hasTouch: true,
    ...(located && inYosemiteValley),
  });
  phone.setDefaultTimeout(60_000);
  return phone;
}

/** A tablet of its own, held in both hands. */
export async function newTablet(browser: Browser): Promise<BrowserContext> {
  const tablet = await browser.newContext({ viewport: { width: 1180, height: 820 }, hasTouch: true });
  tablet.setDefaultTimeout(60_000);
  return tablet;
}

/** A television of its own, on a café's wall. */
export async function newTelevision(browser: Browser): Promise<BrowserContext> {
  const television = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  television.setDefaultTimeout(60_000);
  return television;
}

/** Signs in by the identity provider's form, wherever the app asks for it. */
export async function signIn(page: Page, email = demoUser().email): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).last().click();
  await page.locator('input[name="username"]').fill(email);
  await page.locator('input[name="password"]').fill(demoUser().password);
  await page.locator('button[type="submit"], input[type="submit"]').first().click();
  await page.waitForURL((url) => url.origin === web.replace(/\/$/, '') && !url.pathname.includes('/auth/'));
}

function demoUser() {
  const [user] = outputs.demoUsers;
  if (!user) throw new Error('Expected demo users in the outputs, got none');
  return user;
}

/** Opens the sheet of the place in view that photos are chosen in, signing in on the way. */
export async function openPicker(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add photos' }).click();
  await signIn(page);
  // Signing in returns to the sheet, opened.
  await page.locator(photoInput).waitFor({ state: 'attached' });
}

/**
 * Keeps a picture of the page in `.local/test`, or for the README in the folder that HAPPY_PATH_SCREENSHOTS names
 * (`HAPPY_PATH_SCREENSHOTS=docs/images npm test -- e2e`).
 */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.HAPPY_PATH_SCREENSHOTS ?? join('.local', 'test');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** Chooses photos in the open upload sheet and sends them. */
export async function sendPhotos(
  page: Page,
  files: readonly (string | { name: string; mimeType: string; buffer: Buffer })[],
  caption?: string,
): Promise<void> {
  await page.locator(photoInput).setInputFiles(files as string[]);
  if (caption !== undefined) await page.getByRole('textbox', { name: 'Caption' }).fill(caption);
  await page.getByRole('button', { name: /^Send \d/ }).click();
}
