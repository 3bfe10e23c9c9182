import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments } from './lib/args.ts';
import { runMain } from './lib/failure.ts';
import { drawGraphs } from './lib/graphs.ts';
import { root } from './lib/paths.ts';

await runMain(async () => {
  parseArguments('npm run graphs', {});
  const graphs = drawGraphs();
  mkdirSync(join(root, 'docs', 'graphs'), { recursive: true });
  for (const { path, svg } of graphs) {
    writeFileSync(join(root, path), svg);
    console.log(path);
  }
  // The picture of a machine that is gone would go on telling about it.
  const gone = globSync('docs/graphs/*.svg', { cwd: root }).filter(
    (path) => !graphs.some((one) => one.path === path),
  );
  for (const path of gone) rmSync(join(root, path));
});
