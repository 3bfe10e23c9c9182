import { existsSync } from 'node:fs';
import { Failure } from './failure.ts';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Finds the browser for the browser tests. */
export function findChromium(asked = process.env.HAPPY_PATH_CHROMIUM): string {
  const found = (asked ? [asked] : usual).find(existsSync);
  if (found) return found;
  throw new Failure(
    `Expected Chromium at ${asked ?? usual.join(', ')}, got nothing. Install it (Debian: sudo apt install chromium) ` +
      'or name one: HAPPY_PATH_CHROMIUM=/path/to/chromium npm test',
  );
}
