import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './paths.ts';

/** A sample input of a function; by its name, the function must refuse it or take it. */
export interface FunctionSample {
  /** Path below the repository's folder, as `sam local invoke -e` takes it. */
  readonly path: string;
  readonly name: string;
  readonly refused: boolean;
}

/** The sample inputs of the function whose code is in a folder of this name. */
export function functionSamples(folder: string): FunctionSample[] {
  const samples = join('events', 'functions', folder);
  if (!existsSync(join(root, samples))) return [];
  return globSync('*.json', { cwd: join(root, samples) })
    .sort()
    .map((file) => {
      const name = basename(file, '.json');
      return { path: join(samples, file), name, refused: name.startsWith('refused-') };
    });
}
