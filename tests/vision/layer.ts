import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../scripts/lib/failure.ts';
import { localFolder, root } from '../../scripts/lib/paths.ts';
import { run } from '../../scripts/lib/processes.ts';

const folder = join(localFolder, 'vision');

/** Builds the vision layer as `sam build` does, or takes what was built before, and returns the folder to find it from. */
export async function visionLayer(): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  const { code, output } = await run('make', [
    '-C',
    join(root, 'workflows', 'layers', 'vision'),
    'build-VisionLayer',
    `ARTIFACTS_DIR=${folder}`,
  ]);
  if (code === 0) return join(folder, 'nodejs');
  throw new Failure(`Expected to build the vision layer, got exit code ${code} of make.\n${output}`);
}
