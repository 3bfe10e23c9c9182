import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localFolder } from './paths.ts';

/** Data of the app that `npm start` runs. */
export const stateFolder = join(localFolder, 'state');

/** Held by the process that uses a state folder, from its first step to its last. */
export const stateLock = (folder: string): string => `${folder}.lock`;

/** The port of the last run, preferred so that addresses stay the same; none on the first run. */
export function rememberedPort(folder = stateFolder): number[] {
  const file = join(folder, 'port');
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  return Number.isInteger(port) ? [port] : [];
}

/** Where the emulator keeps the state of its services. */
export const servicesOf = (folder: string): string => join(folder, 'services');

/** Lets saved state follow the emulator to another port: queue addresses, also those in functions' settings, carry it. */
export function moveState(folder: string, port: number): void {
  const services = servicesOf(folder);
  for (const old of rememberedPort(folder).filter((remembered) => remembered !== port)) {
    for (const file of readdirSync(services).filter((name) => name.endsWith('.json'))) {
      const path = join(services, file);
      const text = readFileSync(path, 'utf8');
      const moved = text.replaceAll(`//localhost:${old}/`, `//localhost:${port}/`);
      if (moved !== text) writeFileSync(path, moved);
    }
  }
  writeFileSync(join(folder, 'port'), String(port));
}
