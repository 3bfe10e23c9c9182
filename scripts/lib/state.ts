import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localFolder } from './paths.ts';

/** Data of the app that `npm start` runs. */
export const stateFolder = join(localFolder, 'state');

/** The port of the last run, preferred so that addresses stay the same; none on the first run. */
export function rememberedPort(folder = stateFolder): number[] {
  const file = join(folder, 'port');
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  return Number.isInteger(port) ? [port] : [];
}
