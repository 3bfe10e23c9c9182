import { join, resolve } from 'node:path';

/** The repository's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Everything that local mode makes and that is not in git. */
export const localFolder = join(root, '.local');

/** Where a build of a stack lies; the same folders as in samconfig.toml. */
export const buildFolder = (stack: string): string => join(root, '.aws-sam', stack, 'build');
